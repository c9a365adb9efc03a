package stack

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/learning-cities/guildhall/shared/httpapi"
	"github.com/learning-cities/guildhall/shared/pages/page"
)

// A page sends a large file to the bucket, which is another origin than its own: its policy names it, and the bucket takes files from there.
func pagesSendFiles(t *testing.T, d *deployment) {
	t.Helper()
	var created struct{ Upload *link }
	if status := d.ask(t, http.MethodPost, "/imports", map[string]any{"name": "gifts.csv", "bytes": 12}, &created); status != http.StatusCreated {
		t.Fatalf("the import is answered %d", status)
	}
	bucket := origin(t, created.Upload.URL)
	answer := d.head(t, d.who.Client, http.MethodGet, d.output(t, "ProductAddress"), map[string]string{"Accept": "text/html"})
	if policy := answer.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "connect-src 'self' "+bucket+";") {
		t.Errorf("pages may not send to %s: %s", bucket, policy)
	}
	own := origin(t, d.output(t, "ProductAddress"))
	for from, status := range map[string]int{own: http.StatusOK, "https://elsewhere.example": http.StatusForbidden} {
		answer := d.head(t, d.client, http.MethodOptions, created.Upload.URL, map[string]string{
			"Origin": from, "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "content-type",
		})
		if allowed := answer.Header.Get("Access-Control-Allow-Origin") == from; answer.StatusCode != status || allowed != (status == http.StatusOK) {
			t.Errorf("from %s: %d %v", from, answer.StatusCode, answer.Header)
		}
	}
}

// head sends a request without a body, and gives the head of its answer.
func (d *deployment) head(t *testing.T, by *http.Client, method, address string, header map[string]string) *http.Response {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range header {
		request.Header.Set(name, value)
	}
	answer, err := by.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	return answer
}

// origin is that of an address.
func origin(t *testing.T, address string) string {
	t.Helper()
	parsed, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return parsed.Scheme + "://" + parsed.Host
}

// A domain of the network's own may have a path, which is no part of an origin.
func TestTheBucketTakesFilesFromThePagesOfTheProductOnly(t *testing.T) {
	rules := list(at(expanded(t)["Files"].Properties, "CorsConfiguration", "CorsRules"))
	if len(rules) != 1 {
		t.Fatalf("%d rules", len(rules))
	}
	methods, headers, origins := list(at(rules[0], "AllowedMethods")), list(at(rules[0], "AllowedHeaders")), list(at(rules[0], "AllowedOrigins"))
	if len(methods) != 1 || methods[0] != "PUT" || len(headers) != 1 || headers[0] != "content-type" || len(origins) != 1 {
		t.Errorf("%v %v %v", methods, headers, origins)
	}
	choice := list(at(origins[0], "Fn::If"))
	if len(choice) != 3 || choice[0] != "HasAddress" || strings.Contains(strings.Join(texts(choice), " "), "*") {
		t.Errorf("from %v", origins)
	}
}

// What Lambda takes of a request has the file in base 64, with the event around it.
func TestAFileThatIsSentWithAFormFitsIntoAnInvocation(t *testing.T) {
	const most, around = 6 << 20, 128 << 10
	if asked := base64.StdEncoding.EncodedLen(page.MaxFile+httpapi.MaxBody) + around; asked > most {
		t.Errorf("%d bytes", asked)
	}
}

// texts are the texts within a value.
func texts(value any) (all []string) {
	switch v := value.(type) {
	case string:
		return []string{v}
	case []any:
		for _, one := range v {
			all = append(all, texts(one)...)
		}
	case map[string]any:
		for _, one := range v {
			all = append(all, texts(one)...)
		}
	}
	return all
}
