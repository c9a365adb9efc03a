package s3

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/learning-cities/guildhall/shared/blob"
	"github.com/learning-cities/guildhall/shared/identity"
)

// UploadLink implements blob.Linker. The signature covers the content type and the length, so that the service refuses others. The
// link ends no later than the credentials that sign it.
func (s *Store) UploadLink(ctx context.Context, name string, terms blob.UploadTerms) (blob.Link, error) {
	if err := readyToLink(ctx, name, terms.Check()); err != nil {
		return blob.Link{}, err
	}
	signer := s.signer()
	request, err := s.presign(signer, terms.For).PresignPutObject(ctx, &s3.PutObjectInput{
		Bucket: &s.bucket, Key: &name, ContentType: &terms.Type, ContentLength: &terms.Size,
	})
	if err != nil {
		return blob.Link{}, storeError(ctx, name, err)
	}
	return signer.link(request, terms.For), nil
}

// DownloadLink implements blob.Linker. The link ends no later than the credentials that sign it.
func (s *Store) DownloadLink(ctx context.Context, name string, terms blob.DownloadTerms) (blob.Link, error) {
	if err := readyToLink(ctx, name, terms.Check()); err != nil {
		return blob.Link{}, err
	}
	signer := s.signer()
	request, err := s.presign(signer, terms.For).PresignGetObject(ctx, &s3.GetObjectInput{
		Bucket: &s.bucket, Key: &name, ResponseContentType: &terms.Type, ResponseContentDisposition: aws.String(blob.Attachment(terms.As)),
		ResponseCacheControl: aws.String("private, no-store"),
	})
	if err != nil {
		return blob.Link{}, storeError(ctx, name, err)
	}
	return signer.link(request, terms.For), nil
}

// Origin is that of the links, such as https://bucket.s3.eu-west-1.amazonaws.com, for pages that are to send files through them. It asks the
// service nothing, but needs credentials, as links do.
func (s *Store) Origin(ctx context.Context) (string, error) {
	link, err := s.UploadLink(ctx, "origin", blob.UploadTerms{Type: "text/plain", Size: 1, For: time.Second})
	if err != nil {
		return "", err
	}
	address, err := url.Parse(link.URL)
	if err != nil {
		return "", storeError(ctx, "origin", err)
	}
	return address.Scheme + "://" + address.Host, nil
}

func readyToLink(ctx context.Context, name string, terms error) error {
	if err := ready(ctx, name); err != nil {
		return err
	}
	return terms
}

func (s *Store) presign(signer *signer, d time.Duration) *s3.PresignClient {
	return s3.NewPresignClient(s.client, s3.WithPresignExpires(d), func(o *s3.PresignOptions) {
		o.Presigner = signer
		o.ClientOptions = append(o.ClientOptions, func(c *s3.Options) {
			// A checksum would be that of the body, which is still to come.
			c.RequestChecksumCalculation = aws.RequestChecksumCalculationWhenRequired
			c.ResponseChecksumValidation = aws.ResponseChecksumValidationWhenRequired
		})
	})
}

// signer signs one request at the clock's time rather than the machine's, and remembers how long its credentials live.
type signer struct {
	*v4.Signer
	at     time.Time
	expire time.Time // of the credentials; zero: never
}

func (s *Store) signer() *signer {
	return &signer{Signer: v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = true }), at: startOf(s.clock)}
}

// startOf is the clock's time as signatures tell it: in whole seconds.
func startOf(clock identity.Clock) time.Time { return clock().UTC().Truncate(time.Second) }

// PresignHTTP implements s3.HTTPPresignerV4.
func (s *signer) PresignHTTP(
	ctx context.Context, c aws.Credentials, r *http.Request, hash, service, region string, _ time.Time, o ...func(*v4.SignerOptions),
) (string, http.Header, error) {
	if c.CanExpire {
		s.expire = c.Expires
	}
	return s.Signer.PresignHTTP(ctx, c, r, hash, service, region, s.at, o...)
}

// link is a signed request as its holder sends it. Who sends a body sends its length and the host too, whatever the link says.
func (s *signer) link(request *v4.PresignedHTTPRequest, d time.Duration) blob.Link {
	header := map[string]string{}
	for name := range request.SignedHeader {
		if name != "Host" && name != "Content-Length" {
			header[name] = request.SignedHeader.Get(name)
		}
	}
	expires := s.at.Add(d)
	if !s.expire.IsZero() && s.expire.Before(expires) {
		expires = s.expire.UTC()
	}
	return blob.Link{Method: request.Method, URL: request.URL, Header: header, Expires: expires}
}
