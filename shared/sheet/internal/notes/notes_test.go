package notes

import (
	"encoding/xml"
	"errors"
	"strings"
	"testing"
)

const (
	author = "Check"
	theirs = `<?xml version="1.0"?><comments xmlns="` + nsMain + `"><authors><author>Ann</author></authors><commentList>` +
		`<comment ref="B2" authorId="0"><text><t>theirs</t></text></comment></commentList></comments>`
	theirBox = `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">` +
		`<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202"></v:shapetype>` +
		`<v:shape id="_x0000_s1025" type="#_x0000_t202"><v:textbox><div><br></div></v:textbox><x:ClientData ObjectType="Note"><x:Row>1</x:Row><x:Column>1</x:Column></x:ClientData></v:shape></xml>`
)

// texts gives "B2 Ann: text" for each comment of a part.
func texts(t *testing.T, comments []byte) string {
	t.Helper()
	var doc struct {
		Authors  []string `xml:"authors>author"`
		Comments []struct {
			Ref    string   `xml:"ref,attr"`
			Author int      `xml:"authorId,attr"`
			Plain  string   `xml:"text>t"`
			Runs   []string `xml:"text>r>t"`
		} `xml:"commentList>comment"`
	}
	if err := xml.Unmarshal(comments, &doc); err != nil {
		t.Fatalf("%v\n%s", err, comments)
	}
	var out []string
	for _, c := range doc.Comments {
		out = append(out, c.Ref+" "+doc.Authors[c.Author]+": "+c.Plain+strings.Join(c.Runs, ""))
	}
	return strings.Join(out, " | ")
}

func merge(t *testing.T, comments, drawing []byte, list ...Note) ([]byte, []byte) {
	t.Helper()
	highest := HighestBlock(drawing)
	c, d, err := Merge(comments, drawing, author, list, &highest)
	if err != nil {
		t.Fatal(err)
	}
	return c, d
}

func TestNotesOfOthersAreKeptAndExtended(t *testing.T) {
	comments, drawing := merge(t, []byte(theirs), []byte(theirBox), Note{2, 2, "wrong <b>"}, Note{1, 5, "missing"})
	if got, want := texts(t, comments), "B2 Ann: theirs\n\n[Check]\nwrong <b> | A5 Check: [Check]\nmissing"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if n := strings.Count(string(drawing), "<v:shape "); n != 2 {
		t.Errorf("%d boxes", n)
	}
	for _, want := range []string{`data="1"`, `_x0000_s1025"`, `_x0000_s1026"`, "<x:Row>4</x:Row><x:Column>0</x:Column>", "<br>"} {
		if !strings.Contains(string(drawing), want) {
			t.Errorf("the drawing has no %s", want)
		}
	}
}

func TestTheNextNotesReplaceTheOnesBefore(t *testing.T) {
	comments, drawing := merge(t, []byte(theirs), []byte(theirBox), Note{2, 2, "wrong"}, Note{1, 5, "missing"})
	comments, drawing = merge(t, comments, drawing, Note{2, 2, "still wrong"}, Note{3, 7, "new"})
	if got, want := texts(t, comments), "B2 Ann: theirs\n\n[Check]\nstill wrong | C7 Check: [Check]\nnew"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	comments, drawing = merge(t, comments, drawing)
	if got, want := texts(t, comments), "B2 Ann: theirs"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if n := strings.Count(string(drawing), "<v:shape "); n != 1 {
		t.Errorf("%d boxes are left", n)
	}
}

func TestNewBlocksAreTakenOnlyWhenTheDrawingIsFull(t *testing.T) {
	list := make([]Note, 1500)
	for i := range list {
		list[i] = Note{Col: 3, Row: i + 1, Text: "x"}
	}
	highest := 7 // another drawing's
	_, drawing, err := Merge([]byte(theirs), []byte(theirBox), author, list, &highest)
	if err != nil || highest != 8 || !strings.Contains(string(drawing), `data="1,8"`) {
		t.Errorf("%v, highest %d", err, highest)
	}
	seen := map[string]bool{}
	for _, m := range shapeNumber.FindAllString(string(drawing), -1) {
		if seen[m] {
			t.Fatalf("%s stands twice", m)
		}
		seen[m] = true
	}
	if len(seen) != 1501 {
		t.Errorf("%d boxes", len(seen))
	}
}

func TestNotesAreKnownAgainWhenTheirAuthorIsLost(t *testing.T) {
	comments, drawing := merge(t, []byte(theirs), []byte(theirBox), Note{2, 2, "wrong"}, Note{1, 5, "missing"})
	lost := strings.ReplaceAll(strings.ReplaceAll(string(comments), "<author>Check</author>", ""), `authorId="1"`, `authorId="0"`)
	comments, drawing = merge(t, []byte(lost), drawing)
	if got, want := texts(t, comments), "B2 Ann: theirs"; got != want || strings.Count(string(drawing), "<v:shape ") != 1 {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestATextThatAnotherProgramJoinedIsCutAtTheAuthor(t *testing.T) {
	joined := strings.Replace(theirs, "<t>theirs</t>", "<r><t>theirs\n\n[Check]\nwrong</t></r>", 1)
	comments, _ := merge(t, []byte(joined), []byte(theirBox))
	if got, want := texts(t, comments), "B2 Ann: theirs"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestASheetWithoutNotesGetsThem(t *testing.T) {
	comments, _ := merge(t, nil, nil, Note{2, 3, "b"}, Note{1, 1, "a"})
	if got, want := texts(t, comments), "A1 Check: [Check]\na | B3 Check: [Check]\nb"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	buttons := strings.Replace(theirBox, "Note", "Button", 1)
	comments, drawing := merge(t, nil, []byte(buttons), Note{1, 1, "a"})
	if got, want := texts(t, comments), "A1 Check: [Check]\na"; got != want || strings.Count(string(drawing), "<v:shape ") != 2 {
		t.Errorf("beside buttons: got %q, want %q", got, want)
	}
}

func TestWhatCannotBeMergedIsRefused(t *testing.T) {
	threaded := strings.Replace(theirs, "<author>Ann", "<author>tc={1-2}", 1)
	for name, c := range map[string]struct{ comments, drawing string }{
		"not XML":               {"<comments", theirBox},
		"strict":                {strings.Replace(theirs, nsMain, "http://purl.oclc.org/ooxml/spreadsheetml/main", 1), theirBox},
		"no list":               {`<comments xmlns="` + nsMain + `"/>`, theirBox},
		"a threaded comment":    {threaded, theirBox},
		"no boxes":              {theirs, ""},
		"boxes of another form": {theirs, "<xml/>"},
		"a note twice":          {strings.Replace(theirs, "</commentList>", `<comment ref="B2" authorId="0"><text/></comment></commentList>`, 1), theirBox},
	} {
		var drawing []byte
		if c.drawing != "" {
			drawing = []byte(c.drawing)
		}
		if _, _, err := Merge([]byte(c.comments), drawing, author, []Note{{2, 2, "x"}, {1, 9, "y"}}, new(int)); !errors.Is(err, ErrUnmergeable) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, _, err := Merge([]byte(threaded), []byte(theirBox), author, []Note{{1, 9, "y"}}, new(int)); err != nil {
		t.Errorf("a note beside a threaded comment: %v", err)
	}
}

func FuzzMergeNeverPanics(f *testing.F) {
	f.Add([]byte(theirs), []byte(theirBox))
	f.Fuzz(func(t *testing.T, comments, drawing []byte) {
		highest := HighestBlock(drawing)
		c, d, err := Merge(comments, drawing, author, []Note{{2, 2, "x"}, {1, 9, "y"}}, &highest)
		if err == nil {
			if _, _, err := Merge(c, d, author, nil, &highest); err != nil {
				t.Errorf("what was merged can't be merged again: %v\n%s\n%s", err, c, d)
			}
		}
	})
}
