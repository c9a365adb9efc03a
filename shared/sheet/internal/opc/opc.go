// Package opc finds the parts of an Office package and what they refer to, as far as a copy of the package needs it. It is
// stricter than programs that only read: what isn't plain is an error, so that nothing doubtful is copied. It does not know
// what the parts mean.
package opc

import (
	"archive/zip"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/klauspost/compress/flate"

	"github.com/learning-cities/guildhall/shared/sheet/internal/markup"
)

// ErrForm is a package that isn't plain enough to be copied.
var ErrForm = errors.New("opc: the package has a form that isn't expected")

const (
	maxParts = 10_000
	maxLoad  = 16 << 20 // bytes of a part that is held in memory
)

// Package is an open package.
type Package struct {
	Files  []*zip.File // in the order of the archive
	byName map[string]*zip.File
}

// Read opens a package.
func Read(src io.ReaderAt, size int64) (*Package, error) {
	archive, err := zip.NewReader(src, size)
	if err != nil {
		return nil, ErrForm
	}
	archive.RegisterDecompressor(zip.Deflate, func(r io.Reader) io.ReadCloser { return flate.NewReader(r) })
	p := &Package{byName: map[string]*zip.File{}}
	if len(archive.File) > maxParts {
		return nil, ErrForm
	}
	for _, f := range archive.File {
		if strings.HasSuffix(f.Name, "/") && f.UncompressedSize64 == 0 {
			continue // a folder says nothing
		}
		if !plain(f, size) || p.byName[key(f.Name)] != nil {
			return nil, ErrForm
		}
		p.byName[key(f.Name)] = f
		p.Files = append(p.Files, f)
	}
	return p, nil
}

// plain reports whether an entry can be taken over as it stands.
func plain(f *zip.File, size int64) bool {
	const encrypted, largest = 1, 1<<32 - 1
	offset, err := f.DataOffset()
	return err == nil && f.Flags&encrypted == 0 && (f.Method == zip.Store || f.Method == zip.Deflate) &&
		f.Mode().IsRegular() && f.UncompressedSize64 <= largest && f.CompressedSize64 <= uint64(size) && offset <= size-int64(f.CompressedSize64) &&
		path.Clean("/"+f.Name) == "/"+f.Name && !strings.ContainsAny(f.Name, "\\\x00")
}

// key is a part's name as names are compared.
func key(name string) string { return strings.ToLower(strings.TrimPrefix(name, "/")) }

// File gives a part, or nil.
func (p *Package) File(part string) *zip.File { return p.byName[key(part)] }

// Open reads a part. It ends with an error where the part is longer than it says or its checksum is wrong.
func (p *Package) Open(part string) (io.ReadCloser, error) {
	f := p.File(part)
	if f == nil {
		return nil, ErrForm
	}
	body, err := f.Open()
	if err != nil {
		return nil, ErrForm
	}
	return &bounded{body: body, left: int64(f.UncompressedSize64)}, nil
}

// Load reads a whole part of at most 16 MiB.
func (p *Package) Load(part string) ([]byte, error) {
	f := p.File(part)
	if f == nil || f.UncompressedSize64 > maxLoad {
		return nil, ErrForm
	}
	body, err := p.Open(part)
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(body)
	return content, errors.Join(err, body.Close())
}

// bounded keeps a part from being longer than its entry says.
type bounded struct {
	body io.ReadCloser
	left int64
}

func (b *bounded) Read(buf []byte) (int, error) {
	n, err := b.body.Read(buf)
	if b.left -= int64(n); b.left < 0 {
		return 0, ErrForm
	}
	if err != nil && err != io.EOF {
		err = ErrForm
	}
	return n, err
}

func (b *bounded) Close() error { return b.body.Close() }

// Relation is a reference from one part to another.
type Relation struct {
	ID       string
	Type     string // its last step, such as "worksheet"
	URI      string // the type in full
	Target   string // name of a part; of an external one, what the file says
	External bool
}

// RelationsPart names the part with the references of a part; "" is the package itself.
func RelationsPart(part string) string {
	dir, base := path.Split(part)
	return dir + "_rels/" + base + ".rels"
}

// Relations lists the references of a part; none when it has no part for them.
func (p *Package) Relations(part string) ([]Relation, error) {
	if p.File(RelationsPart(part)) == nil {
		return nil, nil
	}
	content, err := p.Load(RelationsPart(part))
	if err != nil {
		return nil, err
	}
	doc, err := markup.Parse(content)
	if err != nil {
		return nil, ErrForm
	}
	var out []Relation
	for _, i := range doc.Children(0, "Relationship") {
		id, _ := doc.Attr(i, "Id")
		uri, _ := doc.Attr(i, "Type")
		target, _ := doc.Attr(i, "Target")
		mode, _ := doc.Attr(i, "TargetMode")
		r := Relation{ID: id, URI: uri, Type: path.Base(uri), Target: markup.Unescape(target), External: mode == "External"}
		if !r.External {
			r.Target = resolve(part, r.Target)
		}
		if id == "" || target == "" {
			return nil, ErrForm
		}
		out = append(out, r)
	}
	return out, nil
}

// resolve gives the name of a part that another refers to.
func resolve(from, target string) string {
	if strings.HasPrefix(target, "/") {
		return strings.TrimPrefix(path.Clean(target), "/")
	}
	return strings.TrimPrefix(path.Join("/", path.Dir(from), target), "/")
}
