package command_test

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/learning-cities/guildhall/shared/intake"
)

// TestAPersonIsFoundGivenOutAndErasedByCommand goes the way of docs/privacy.md.
func TestAPersonIsFoundGivenOutAndErasedByCommand(t *testing.T) {
	dir := t.TempDir()
	data, given, register := filepath.Join(dir, "data"), filepath.Join(dir, "given.zip"), filepath.Join(dir, "erasures.jsonl")
	run := func(status int, args ...string) string {
		t.Helper()
		r := guildhall(t, append(args, "--data", data, "--at", at)...)
		must(t, r, status)
		return r.out + r.err
	}
	who := []string{"--name", "Mireille Kamga", "--email", "m.kamga@bafoussam.example"}
	with := func(verb string, more ...string) []string {
		return append(append([]string{"privacy", verb}, who...), more...)
	}
	run(1, "import", "../../../fixtures/sheets/applications.fr.xlsx", "--mode", "valid") // one row is to be corrected
	backup, restored := filepath.Join(dir, "backup.tar.zst"), filepath.Join(dir, "restored")
	must(t, guildhall(t, "backup", "--data", data, "-o", backup), 0)

	found := run(0, with("find")...)
	for _, want := range []string{"contact.email", "contact.name", "m.kamga@bafoussam.example", "file as it was sent"} {
		if !strings.Contains(found, want) {
			t.Errorf("%q is not among what was found:\n%s", want, found)
		}
	}
	run(0, with("export", "-o", given, "--lang", "fr")...)
	if content, err := os.ReadFile(given); err != nil || !strings.HasPrefix(string(content), "PK") {
		t.Errorf("what the person is given: %v", err)
	}
	if said := run(0, with("erase")...); !strings.Contains(said, "nothing was erased") {
		t.Errorf("without --sure:\n%s", said)
	}
	if said := run(0, with("erase", "--sure")...); !strings.Contains(said, "erased") || strings.Contains(said, "Kamga") {
		t.Errorf("the erasure:\n%s", said)
	}
	if said := run(0, with("find")...); !strings.Contains(said, "nothing is held") {
		t.Errorf("after the erasure:\n%s", said)
	}
	if said := run(2, with("erase", "--sure")...); !strings.Contains(said, "ERASURE_NOTHING") {
		t.Errorf("once more:\n%s", said)
	}
	run(0, "privacy", "register", "-o", register)
	if content, err := os.ReadFile(register); err != nil || strings.Contains(string(content), "kamga") || len(content) < 100 {
		t.Errorf("the register: %s, %v", content, err)
	}
	if said := run(0, "privacy", "replay", register); !strings.Contains(said, "1") {
		t.Errorf("the replay:\n%s", said)
	}
	if said := run(2, "privacy", "replay", given); !strings.Contains(said, "REGISTER_INVALID") {
		t.Errorf("the replay of another file:\n%s", said)
	}
	if said := run(2, "privacy", "find", "--name", "Mireille"); !strings.Contains(said, "FIELD_INVALID") {
		t.Errorf("one word:\n%s", said)
	}
	if said := run(0, "privacy", "resume"); !strings.Contains(said, "left: 0") {
		t.Errorf("resumed:\n%s", said)
	}

	must(t, guildhall(t, "restore", backup, "--data", filepath.Join(dir, "without")), 0)
	if r := guildhall(t, append(with("find"), "--data", filepath.Join(dir, "without"), "--at", at)...); !strings.Contains(r.out, "contact.email") {
		t.Errorf("a backup that is older than the erasure lacks the person:\n%s", r.out)
	}
	must(t, guildhall(t, "restore", backup, "--erasures", given, "--data", restored), 2)
	if _, err := os.Stat(restored); err == nil {
		t.Error("something came back although the register is none")
	}
	must(t, guildhall(t, "restore", backup, "--erasures", register, "--data", restored), 0)
	if r := guildhall(t, append(with("find"), "--data", restored, "--at", at)...); !strings.Contains(r.out, "nothing is held") {
		t.Errorf("restored with the register:\n%s", r.out)
	}
}

// TestAPersonIsErasedFromADeployedProduct does it to a table and a bucket with versions, of which one is of a file that was deleted before.
func TestAPersonIsErasedFromADeployedProduct(t *testing.T) {
	dir := t.TempDir()
	data, register := filepath.Join(dir, "data"), filepath.Join(dir, "erasures.jsonl")
	must(t, guildhall(t, "import", "../../../fixtures/sheets/applications.fr.xlsx", "--mode", "valid", "--data", data, "--at", at), 1)
	there := deployed(t)
	must(t, guildhall(t, append([]string{"migrate", "--data", data}, there...)...), 0)
	files, bucket := filesClient(t), there[3]
	list, err := files.ListObjectsV2(t.Context(), &s3.ListObjectsV2Input{Bucket: &bucket, Prefix: aws.String("imports/")})
	if err != nil || len(list.Contents) == 0 {
		t.Fatal("no import is there", err)
	}
	name := intake.ReportBlob(strings.Split(*list.Contents[0].Key, "/")[1], "earlier") // of a check after which another one was made
	_, err = files.PutObject(t.Context(), &s3.PutObjectInput{Bucket: &bucket, Key: &name, Body: strings.NewReader("Mireille Kamga")})
	if err == nil {
		_, err = files.DeleteObject(t.Context(), &s3.DeleteObjectInput{Bucket: &bucket, Key: &name})
	}
	if err != nil {
		t.Fatal(err)
	}
	run := func(status int, args ...string) string {
		t.Helper()
		r := guildhall(t, append(args, there...)...)
		must(t, r, status)
		return r.out + r.err
	}
	who := []string{"--name", "Mireille Kamga", "--email", "m.kamga@bafoussam.example"}
	if said := run(0, append([]string{"privacy", "find"}, who...)...); !strings.Contains(said, "contact.email") {
		t.Errorf("what is held:\n%s", said)
	}
	if said := run(0, append([]string{"privacy", "erase", "--sure"}, who...)...); !strings.Contains(said, "a second look is due") {
		t.Errorf("the erasure:\n%s", said)
	}
	later := time.Now().Add(2 * time.Hour).UTC().Format(time.RFC3339)
	if said := run(0, "privacy", "resume", "--at", later); !strings.Contains(said, "brought to their end: 1; left: 0") {
		t.Errorf("the second look:\n%s", said)
	}
	if said := run(0, append([]string{"privacy", "find"}, who...)...); !strings.Contains(said, "nothing is held") {
		t.Errorf("after the erasure:\n%s", said)
	}
	run(0, "privacy", "register", "-o", register)
	if said := run(0, "privacy", "replay", register); !strings.Contains(said, "1") {
		t.Errorf("the replay:\n%s", said)
	}
	versions, err := files.ListObjectVersions(t.Context(), &s3.ListObjectVersionsInput{Bucket: &bucket})
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range versions.Versions {
		if *one.Key == name {
			t.Error("what was deleted before is still a version")
		}
		got, err := files.GetObject(t.Context(), &s3.GetObjectInput{Bucket: &bucket, Key: one.Key, VersionId: one.VersionId})
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(got.Body)
		got.Body.Close()
		if err != nil || strings.Contains(strings.ToLower(string(content)), "kamga") {
			t.Errorf("%s still names the person, %v", *one.Key, err)
		}
	}
	if len(versions.Versions) == 0 {
		t.Error("the bucket has nothing: no plan for an undo")
	}
	for entry, content := range kept(t, there...) {
		if strings.Contains(strings.ToLower(content), "kamga") {
			t.Errorf("%s of a backup still names the person", entry)
		}
	}
	must(t, guildhall(t, "privacy", "find", "--name", "Mireille Kamga", "--table", there[1]), 2)

	// A backup of the time before is restored there without the person.
	backup, elsewhere := filepath.Join(dir, "backup.tar.zst"), deployed(t)
	must(t, guildhall(t, "backup", "--data", data, "-o", backup), 0)
	r := guildhall(t, append([]string{"restore", backup, "--erasures", register}, elsewhere...)...)
	must(t, r, 0)
	if !strings.Contains(r.out, "hold here again: 1") {
		t.Errorf("the restore says %s", r.out)
	}
	if r := guildhall(t, append(append([]string{"privacy", "find"}, who...), elsewhere...)...); !strings.Contains(r.out, "nothing is held") {
		t.Errorf("restored with the register:\n%s%s", r.out, r.err)
	}
}
