package folder_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/learning-cities/guildhall/shared/mail/folder"
	"github.com/learning-cities/guildhall/shared/mail/mailtest"
)

func TestAFolderSendsAsEverySenderDoes(t *testing.T) {
	mailtest.Run(t, func(t testing.TB) mailtest.Post {
		path := t.TempDir()
		opened, err := folder.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		return mailtest.Post{Sender: opened, Taken: func(t testing.TB) (all [][]byte) {
			files, err := filepath.Glob(filepath.Join(path, "*.eml"))
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range files {
				raw, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				all = append(all, raw)
			}
			return all
		}}
	})
}
