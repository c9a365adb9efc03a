package people

import (
	"context"
	"errors"
	"strings"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/records"
	"github.com/learning-cities/guildhall/shared/table"
)

var (
	fieldRole = locale.Text{EN: "Role", FR: "Rôle", ES: "Función"}
	fieldLang = locale.Text{EN: "Language", FR: "Langue", ES: "Idioma"}
	scopeForm = map[access.Role]locale.Text{
		access.Commission: {EN: "a country, such as FR", FR: "un pays, comme FR", ES: "un país, como FR"},
		access.City:       {EN: "a city, such as FR#brest", FR: "une ville, comme FR#brest", ES: "una ciudad, como FR#brest"},
		access.Donor: {
			EN: "a donor, such as donor_country#KR", FR: "un donateur, comme donor_country#KR", ES: "un donante, como donor_country#KR",
		},
	}
	noScope = locale.Text{EN: "nothing, for this role", FR: "rien, pour ce rôle", ES: "nada, para esta función"}
)

// sound is what a person is to be, with its address in small letters. EMAIL_INVALID, ENUM_UNKNOWN, FIELD_INVALID.
func (s Standing) sound() (Standing, error) {
	address, ok := addressOf(s.Email)
	if !ok {
		return s, problem.New("EMAIL_INVALID").In("email").Valued(s.Email)
	}
	s.Email = address
	if !s.Role.Valid() {
		names := make([]string, len(access.Roles))
		for i, role := range access.Roles {
			names[i] = string(role)
		}
		return s, problem.New("ENUM_UNKNOWN").In("role").Valued(string(s.Role)).WithText("column", fieldRole).
			With("choices", strings.Join(names, ", "))
	}
	if !s.Scope.Fits(s.Role) {
		form, scoped := scopeForm[s.Role]
		if !scoped {
			form = noScope
		}
		return s, problem.New("FIELD_INVALID").In("scope").Valued(string(s.Scope)).With("field", "scope").WithText("expected", form)
	}
	lang, err := locale.ParseLang(string(s.Lang))
	if err != nil {
		return s, problem.New("ENUM_UNKNOWN").In("lang").Valued(string(s.Lang)).WithText("column", fieldLang).With("choices", "en, fr, es")
	}
	s.Lang = lang
	return s, nil
}

// Begun tells whether a table has had its first person of the secretariat.
func Begun(ctx context.Context, in table.Table) (bool, error) {
	holder, err := (&Service{records: records.New(in)}).holder(ctx, firstClaim(""))
	return holder != "", err
}

// First puts the first person of the secretariat on record, who can then invite the others, and tells whether there was none: once a table
// has had its first, it does nothing. It asks for nobody's leave. EMAIL_INVALID, ENUM_UNKNOWN, EMAIL_TAKEN.
func (s *Service) First(ctx context.Context, email string, lang locale.Lang) (bool, error) {
	standing, err := Standing{Email: email, Role: access.Secretariat, Lang: lang}.sound()
	if err != nil {
		return false, err
	}
	id := s.IDs()
	a := s.begin(access.PeopleInvite, id, "", s.IDs())
	first := false
	err = s.trying(ctx, func() error {
		holder, err := s.holder(ctx, firstClaim(""))
		if err != nil || holder != "" {
			first = holder == id
			return err
		}
		writes, err := s.enter(ctx, a, id, standing, firstClaim(id))
		if err == nil {
			err = a.write(ctx, writes, nil)
		}
		first = err == nil
		return err
	})
	return first, err
}

// Invite puts a person on record, who can then sign in with the e-mail address, and gives its identifier. ACCESS_DENIED, EMAIL_INVALID,
// ENUM_UNKNOWN, FIELD_INVALID, EMAIL_TAKEN, IDEMPOTENCY_KEY_REUSED.
func (s *Service) Invite(ctx context.Context, request string, standing Standing) (id string, err error) {
	if err := allowed(ctx, access.PeopleInvite, ""); err != nil {
		return "", err
	}
	if standing, err = standing.sound(); err != nil {
		return "", err
	}
	id = s.IDs()
	return s.perform(ctx, request, access.PeopleInvite, "", id, standing, func(ctx context.Context, a *act) ([]table.Write, error) {
		return s.enter(ctx, a, id, standing)
	})
}

// enter are the writes of a new person.
func (s *Service) enter(ctx context.Context, a *act, id string, standing Standing, also ...records.Claim) ([]table.Write, error) {
	if err := s.free(ctx, standing.Email, id); err != nil {
		return nil, err
	}
	a.event.Person, a.event.After = id, standing.place()
	claims := append([]records.Claim{s.addressClaim(standing.Email, id)}, also...)
	return a.put(records.Put{Record: records.Record{Ref: personRef(id)}, Claims: claims}, body{Standing: standing, InvitedAt: a.by.At})
}

// free refuses an address that is another person's: EMAIL_TAKEN.
func (s *Service) free(ctx context.Context, address, id string) error {
	holder, err := s.holder(ctx, s.addressClaim(address, ""))
	if err == nil && holder != "" && holder != id {
		err = problem.New("EMAIL_TAKEN").In("email").Valued(address)
	}
	return err
}

// Change makes a person on record what standing says, at once also in its sessions; another address ends them, is bound to its subject
// anew, and takes letters as far as is known. base is the version that whoever asks has seen, 0 for any. ACCESS_DENIED, PERSON_UNKNOWN, RECORD_CHANGED, EMAIL_INVALID, ENUM_UNKNOWN, FIELD_INVALID, EMAIL_TAKEN,
// LAST_SECRETARIAT, IDEMPOTENCY_KEY_REUSED.
func (s *Service) Change(ctx context.Context, request, id string, base int64, standing Standing) error {
	err := allowed(ctx, access.PeopleChange, id)
	if err == nil {
		standing, err = standing.sound()
	}
	if err != nil {
		return err
	}
	_, err = s.perform(ctx, request, access.PeopleChange, id, id, []any{base, standing},
		func(ctx context.Context, a *act) ([]table.Write, error) {
			p, err := s.at(ctx, id, base)
			if err != nil || p.Standing == standing {
				return nil, err
			}
			put := records.Put{Record: records.Record{Ref: personRef(id)}, Base: p.Version}
			next := p.stored()
			next.Standing = standing
			a.event.Before, a.event.After, a.event.Address = p.place(), standing.place(), p.Email != standing.Email
			if a.event.Address {
				if err := s.free(ctx, standing.Email, id); err != nil {
					return nil, err
				}
				put.Claims = []records.Claim{s.addressClaim(standing.Email, id)}
				put.Releases = []records.Claim{s.addressClaim(p.Email, id)}
				next.Epoch, next.Subject, next.Mailbox = p.epoch+1, "", p.Mailbox.renewed(a.by.At)
			}
			writes, err := a.put(put, next)
			if err == nil && standing.Role != access.Secretariat {
				writes, err = s.andAnother(ctx, p, writes)
			}
			return writes, err
		})
	return err
}

// Remove takes a person off the record, which ends its sessions. base is as for Change. ACCESS_DENIED, PERSON_UNKNOWN, RECORD_CHANGED,
// LAST_SECRETARIAT, IDEMPOTENCY_KEY_REUSED.
func (s *Service) Remove(ctx context.Context, request, id string, base int64) error {
	_, err := s.perform(ctx, request, access.PeopleRemove, id, id, base, func(ctx context.Context, a *act) ([]table.Write, error) {
		p, err := s.at(ctx, id, base)
		if err != nil {
			return nil, err
		}
		a.event.Before = p.place()
		return s.andAnother(ctx, p, []table.Write{
			records.Remove(personRef(id), p.Version), records.Release(s.addressClaim(p.Email, id)),
		})
	})
	return err
}

// at is a person at a version, 0 for any.
func (s *Service) at(ctx context.Context, id string, base int64) (Person, error) {
	p, err := s.find(ctx, id)
	if err == nil && base != 0 && base != p.Version {
		err = problem.New("RECORD_CHANGED")
	}
	return p, err
}

var errFound = errors.New("people: found")

// andAnother has writes that take a person from the secretariat hold on to another one of it, so that of two who take each other away at
// the same moment one is left. LAST_SECRETARIAT.
func (s *Service) andAnother(ctx context.Context, p Person, writes []table.Write) ([]table.Write, error) {
	if p.Role != access.Secretariat {
		return writes, nil
	}
	err := s.each(ctx, func(other Person) error {
		if other.Role != access.Secretariat || other.ID == p.ID {
			return nil
		}
		writes = append(writes, records.Unchanged(personRef(other.ID), other.Version))
		return errFound
	})
	switch {
	case errors.Is(err, errFound):
		return writes, nil
	case err == nil:
		return nil, problem.New("LAST_SECRETARIAT")
	}
	return nil, err
}
