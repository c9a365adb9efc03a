package signin

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// provider is what the issuer says of itself.
type provider struct {
	oauth    oauth2.Config
	verifier *oidc.IDTokenVerifier
	end      string         // where a sign-out ends the session at the issuer; empty where it doesn't say
	profile  *oidc.Provider // tells addresses that its ID tokens leave out; nil where it tells none
	names    bool           // it names itself in its answers (RFC 9207)
}

// errIssuer is an issuer that can't be asked, or can't be trusted as it is set up.
var errIssuer = errors.New("signin: the issuer can't be used")

// discovered asks the issuer once; after a failure, again the next time.
func (s *Service) discovered(ctx context.Context) (*provider, error) {
	s.mu.Lock()
	known := s.provider
	s.mu.Unlock()
	if known != nil {
		return known, nil
	}
	found, err := oidc.NewProvider(oidc.ClientContext(ctx, s.Client), s.Issuer)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errIssuer, err)
	}
	var more struct {
		Keys  string `json:"jwks_uri"`
		End   string `json:"end_session_endpoint"`
		Names bool   `json:"authorization_response_iss_parameter_supported"`
	}
	if err := found.Claims(&more); err != nil {
		return nil, fmt.Errorf("%w: %w", errIssuer, err)
	}
	endpoint := found.Endpoint()
	for _, address := range []string{endpoint.AuthURL, endpoint.TokenURL, more.Keys} {
		if !trustworthy(address) {
			return nil, fmt.Errorf("%w: %q is not https", errIssuer, address)
		}
	}
	if !trustworthy(more.End) {
		more.End = ""
	}
	endpoint.AuthStyle = oauth2.AuthStyleInHeader
	if s.ClientSecret == "" {
		endpoint.AuthStyle = oauth2.AuthStyleInParams
	}
	known = &provider{
		oauth: oauth2.Config{
			ClientID: s.ClientID, ClientSecret: s.ClientSecret, Endpoint: endpoint,
			RedirectURL: s.Address + "signin/return", Scopes: []string{oidc.ScopeOpenID, "email"},
		},
		verifier: found.Verifier(&oidc.Config{ClientID: s.ClientID, Now: s.Clock}),
		end:      more.End, names: more.Names,
	}
	if trustworthy(found.UserInfoEndpoint()) {
		known.profile = found
	}
	s.mu.Lock()
	s.provider = known
	s.mu.Unlock()
	return known, nil
}

// claims are what an ID token says beyond what the library checks.
type claims struct {
	Email    string          `json:"email"`
	Verified json.RawMessage `json:"email_verified"` // some issuers write "true"
	Party    string          `json:"azp"`
}

func (c claims) verified() bool {
	return slices.Contains([]string{`true`, `"true"`}, string(c.Verified))
}

// proven is whom an ID token names.
type proven struct {
	subject string
	claims
}

// prove exchanges a code for an ID token and checks it: signed by a key of the issuer's, by this issuer, for this client, for this
// sign-in, not expired, and belonging to the access token that came with it.
func (s *Service) prove(ctx context.Context, p *provider, f flow, code string) (proven, error) {
	ctx = oidc.ClientContext(ctx, s.Client)
	tokens, err := p.oauth.Exchange(ctx, code, oauth2.VerifierOption(s.made(labelVerifier, f.ID)))
	if err != nil {
		return proven{}, ofExchange(err)
	}
	raw, _ := tokens.Extra("id_token").(string)
	token, err := p.verifier.Verify(ctx, raw)
	if err != nil {
		return proven{}, fmt.Errorf("signin: ID token: %w", err)
	}
	who := proven{subject: token.Subject}
	if err := token.Claims(&who.claims); err != nil {
		return proven{}, fmt.Errorf("signin: ID token: %w", err)
	}
	switch {
	case !same(token.Nonce, s.made(labelNonce, f.ID)):
		return proven{}, errors.New("signin: ID token: made for another sign-in")
	case token.Subject == "":
		return proven{}, errors.New("signin: ID token: no subject")
	case who.Party != "" && who.Party != s.ClientID, who.Party == "" && len(token.Audience) > 1:
		return proven{}, errors.New("signin: ID token: issued to another client")
	}
	if token.AccessTokenHash != "" {
		if err := token.VerifyAccessToken(tokens.AccessToken); err != nil {
			return proven{}, fmt.Errorf("signin: ID token: %w", err)
		}
	}
	if who.Email == "" && p.profile != nil {
		return who, who.complete(ctx, p.profile, tokens)
	}
	return who, nil
}

// complete asks for the address of whom an ID token names: many issuers tell it only there.
func (p *proven) complete(ctx context.Context, from *oidc.Provider, tokens *oauth2.Token) error {
	told, err := from.UserInfo(ctx, oauth2.StaticTokenSource(tokens))
	if err != nil { // its text may name the person
		return fmt.Errorf("%w: it gives no profile", errIssuer)
	}
	if told.Subject != p.subject {
		return errors.New("signin: the profile is another subject's")
	}
	p.Email, p.Verified = told.Email, json.RawMessage(strconv.FormatBool(told.EmailVerified))
	return nil
}

// ofExchange tells an issuer that refuses a code from one that doesn't answer. What it wrote is not repeated: it may name the person.
func ofExchange(err error) error {
	var answered *oauth2.RetrieveError
	switch {
	case !errors.As(err, &answered) || answered.Response == nil:
		return fmt.Errorf("%w: %w", errIssuer, err)
	case answered.Response.StatusCode >= http.StatusInternalServerError:
		return fmt.Errorf("%w: it answers a code with status %d", errIssuer, answered.Response.StatusCode)
	default:
		return fmt.Errorf("signin: the issuer refuses the code, status %d", answered.Response.StatusCode)
	}
}
