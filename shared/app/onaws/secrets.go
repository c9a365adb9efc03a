package onaws

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"

	"github.com/learning-cities/guildhall/shared/sdkhttp"
)

// secrets are what the function of the API is told by Secrets Manager, since variables can be read in a console.
type secrets struct {
	own    []byte // that the keys of people and sign-in are made from
	client string // by which the product proves itself to the issuer; "" where it does so by PKCE alone
}

// readSecrets asks for them. They are read once in a process: neither changes while the stack stands.
func (f *Function) readSecrets(ctx context.Context) (secrets, error) {
	service := secretsmanager.NewFromConfig(f.aws, func(o *secretsmanager.Options) {
		o.HTTPClient = sdkhttp.Whole{Sender: o.HTTPClient}
	})
	own, err := secretValue(ctx, service, f.Settings.Secret)
	if err != nil {
		return secrets{}, err
	}
	text, err := secretValue(ctx, service, f.Settings.ClientSecret)
	if err != nil {
		return secrets{}, err
	}
	var client struct {
		Secret *string `json:"client_secret"`
	}
	if json.Unmarshal(text, &client) != nil || client.Secret == nil { // the error would tell of the secret
		return secrets{}, errors.New("onaws: the client's secret is not as the template has it")
	}
	return secrets{own: own, client: *client.Secret}, nil
}

// secretValue is a secret's bytes: those of its text, or what it has in place of one. So the secret of a data folder, which is no text, can be
// that of a stack.
func secretValue(ctx context.Context, service *secretsmanager.Client, id string) ([]byte, error) {
	out, err := service.GetSecretValue(ctx, &secretsmanager.GetSecretValueInput{SecretId: &id})
	if err != nil {
		return nil, fmt.Errorf("onaws: %w", err)
	}
	if out.SecretString == nil {
		return out.SecretBinary, nil
	}
	return []byte(*out.SecretString), nil
}
