package sheet

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/url"
	"path"
	"strings"

	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/sheet/internal/fault"
	"github.com/learning-cities/guildhall/shared/sheet/internal/pack"
	"github.com/learning-cities/guildhall/shared/sheet/internal/xmlscan"
)

// office is an Open Packaging archive: what its parts are and how they refer to each other.
type office struct {
	archive   *pack.Archive
	limits    Limits
	overrides map[string]string // content types by part key
	defaults  map[string]string // by file name extension
}

const contentTypesPart = "[Content_Types].xml"

// openOffice opens a zip archive as an office package. An archive that is none is refused by the name of what it is.
func openOffice(ctx context.Context, src io.ReaderAt, size int64, lim Limits) (*office, error) {
	archive, err := pack.Open(src, size, pack.Limits{
		Parts: lim.Parts, Inflated: lim.Inflated, Ratio: lim.Ratio, RatioFrom: lim.RatioFrom,
	})
	if err != nil {
		return nil, err
	}
	o := &office{archive: archive, limits: lim, overrides: map[string]string{}, defaults: map[string]string{}}
	part := archive.Find(contentTypesPart)
	if part == nil {
		return nil, fault.Unsupported(otherArchive(archive))
	}
	return o, o.readContentTypes(ctx, part)
}

// otherArchive names an archive that is no office package.
func otherArchive(a *pack.Archive) locale.Text {
	if part := a.Find("mimetype"); part != nil && part.Size < 1<<10 {
		in := part.Open()
		defer in.Close()
		kind, _ := io.ReadAll(in)
		switch {
		case bytes.HasPrefix(kind, []byte("application/vnd.oasis.opendocument.spreadsheet")):
			return openDoc
		case bytes.HasPrefix(kind, []byte("application/vnd.oasis.opendocument")):
			return otherDoc
		}
	}
	if a.Find("Index/Document.iwa") != nil || a.Find("Index.zip") != nil {
		return numbersDoc
	}
	return zipArchive
}

// scan begins to scan a small part, one that describes others. The caller closes the closer.
func (o *office) scan(ctx context.Context, part *pack.Part) (*xmlscan.Scanner, io.Closer, error) {
	if part.Size > o.limits.Part {
		return nil, nil, fault.TooLarge(fault.PartBytes, o.limits.Part)
	}
	in := part.Open()
	return xmlscan.New(ctx, xmlscan.NewSource(in, part.Name), part.Name, o.xmlLimits()), in, nil
}

func (o *office) xmlLimits() xmlscan.Limits {
	return xmlscan.Limits{Depth: o.limits.Depth, Token: o.limits.Token, Work: o.limits.Markup}
}

// each calls visit at the start of every element of a part whose root is the one named, up to the part's end.
func (o *office) each(ctx context.Context, part *pack.Part, space xmlscan.Space, root string, visit func(*xmlscan.Scanner) error) error {
	xml, in, err := o.scan(ctx, part)
	if err != nil {
		return err
	}
	defer in.Close()
	if kind, err := xml.Next(); err != nil {
		return err
	} else if kind != xmlscan.Start || xml.Space != space || string(xml.Name) != root {
		return fault.Corrupt(part.Name, fault.BadStructure)
	}
	if err := visit(xml); err != nil {
		return err
	}
	for {
		kind, err := xml.Next()
		if err != nil {
			return err
		}
		if kind == xmlscan.EOF {
			return nil
		}
		if kind == xmlscan.Start {
			if err := visit(xml); err != nil {
				return err
			}
		}
	}
}

func (o *office) readContentTypes(ctx context.Context, part *pack.Part) error {
	return o.each(ctx, part, xmlscan.ContentTypes, "Types", func(xml *xmlscan.Scanner) error {
		if xml.Space != xmlscan.ContentTypes {
			return nil
		}
		kind, _ := xml.Attr("ContentType")
		switch string(xml.Name) {
		case "Default":
			extension, _ := xml.Attr("Extension")
			o.defaults[strings.ToLower(string(extension))] = strings.ToLower(string(kind))
		case "Override":
			name, _ := xml.Attr("PartName")
			o.overrides[pack.Key(string(name))] = strings.ToLower(string(kind))
		}
		if len(o.overrides) > maxRelations || len(o.defaults) > maxRelations {
			return fault.TooLarge(fault.Parts, int64(o.limits.Parts))
		}
		return nil
	})
}

// contentType returns the content type of a part in lower case.
func (o *office) contentType(part *pack.Part) string {
	if kind, ok := o.overrides[part.Key]; ok {
		return kind
	}
	return o.defaults[strings.TrimPrefix(path.Ext(part.Key), ".")]
}

// maxRelations bounds what is held of the parts that list others, besides their bytes.
const maxRelations = 1 << 16

// relation is a reference of one part to another.
type relation struct {
	id       string
	kind     string // the last segment of its type: worksheet, styles, …
	target   string
	external bool
}

// relations reads the references of a part, or of the package for "". A part without any has none.
func (o *office) relations(ctx context.Context, of string) ([]relation, error) {
	dir, file := path.Split(pack.Key(of))
	part := o.archive.Find(dir + "_rels/" + file + ".rels")
	if part == nil {
		return nil, nil
	}
	var all []relation
	seen := map[string]bool{}
	err := o.each(ctx, part, xmlscan.PackageLinks, "Relationships", func(xml *xmlscan.Scanner) error {
		if xml.Space != xmlscan.PackageLinks || string(xml.Name) != "Relationship" {
			return nil
		}
		id, _ := xml.Attr("Id")
		kind, _ := xml.Attr("Type")
		target, _ := xml.Attr("Target")
		mode, _ := xml.Attr("TargetMode")
		r := relation{
			id: string(id), kind: path.Base(string(kind)), target: string(target),
			external: strings.EqualFold(string(mode), "External"),
		}
		if seen[r.id] {
			return fault.Corrupt(part.Name, fault.BadRelation)
		}
		seen[r.id] = true
		all = append(all, r)
		if len(all) > maxRelations {
			return fault.TooLarge(fault.Relations, maxRelations)
		}
		return nil
	})
	return all, err
}

// resolve finds the part that a relation of another part means.
func (o *office) resolve(from string, r relation) (*pack.Part, error) {
	if r.external {
		return nil, fault.Corrupt(r.target, fault.ExternalPart)
	}
	target := strings.ReplaceAll(r.target, `\`, "/")
	if !strings.HasPrefix(target, "/") {
		target = path.Join("/", path.Dir("/"+pack.Key(from)), target)
	}
	target = path.Clean(target)
	part := o.archive.Find(target)
	if part == nil {
		if plain, err := url.PathUnescape(target); err == nil {
			part = o.archive.Find(plain)
		}
	}
	if part == nil {
		return nil, fault.Corrupt(target, fault.MissingPart)
	}
	return part, nil
}

// mainPart finds the workbook's main part and refuses every other kind of document, macros included.
func (o *office) mainPart(ctx context.Context) (*pack.Part, error) {
	relations, err := o.relations(ctx, "")
	if err != nil {
		return nil, err
	}
	for _, r := range relations {
		if r.kind != "officeDocument" {
			continue
		}
		part, err := o.resolve("", r)
		if err != nil {
			return nil, err
		}
		return part, o.checkMain(o.contentType(part))
	}
	for _, kind := range o.overrides {
		if err := o.checkMain(kind); err == nil {
			return nil, fault.Corrupt("_rels/.rels", fault.BadRelation)
		}
	}
	return nil, fault.Unsupported(zipArchive)
}

// checkMain says what a main part of that content type is.
func (o *office) checkMain(kind string) error {
	switch {
	case strings.Contains(kind, "sheet.binary.macroenabled"):
		return fault.Unsupported(binaryExcel)
	case strings.Contains(kind, "wordprocessingml"), strings.Contains(kind, "ms-word"):
		return fault.Unsupported(wordDoc)
	case strings.Contains(kind, "presentationml"), strings.Contains(kind, "ms-powerpoint"):
		return fault.Unsupported(slides)
	case strings.Contains(kind, "macroenabled"):
		return fault.Macro()
	case strings.Contains(kind, "spreadsheetml.sheet.main"), strings.Contains(kind, "spreadsheetml.template.main"):
		return nil
	}
	return fault.Unsupported(zipArchive)
}

// checkMacros refuses a package with macros, whatever their part is called.
func (o *office) checkMacros() error {
	for _, part := range o.archive.Parts() {
		kind := o.contentType(part)
		if strings.Contains(kind, "vbaproject") || strings.Contains(kind, "macroenabled") || strings.Contains(kind, "macrosheet") ||
			strings.Contains(path.Base(part.Key), "vbaproject") {
			return fault.Macro()
		}
	}
	return nil
}

// detectPackage tells the format of a zip archive for DetectFormat.
func detectPackage(ctx context.Context, src io.ReaderAt, size int64) Format {
	o, err := openOffice(ctx, src, size, DefaultLimits())
	if err == nil {
		_, err = o.mainPart(ctx)
	}
	var p *problem.Problem
	switch {
	case err == nil:
		return XLSX
	case !errors.As(err, &p):
		return ZIP
	case p.Code == "FILE_MACRO":
		return XLSX
	case p.Code == "FILE_TYPE_UNSUPPORTED" && p.Params["format"] == binaryExcel:
		return XLSB
	case p.Code == "FILE_TYPE_UNSUPPORTED" && p.Params["format"] == openDoc:
		return ODS
	case p.Code == "FILE_TYPE_UNSUPPORTED":
		return ZIP
	}
	return detectBroken(src, size)
}

// detectBroken looks for the name of a workbook's part among the first entries of an archive that can't be opened.
func detectBroken(src io.ReaderAt, size int64) Format {
	head := make([]byte, min(size, 1<<20))
	n, _ := src.ReadAt(head, 0)
	const nameAt = 30
	for rest := head[:n]; ; {
		i := bytes.Index(rest, []byte("PK\x03\x04"))
		if i < 0 || len(rest) < i+nameAt {
			return ZIP
		}
		rest = rest[i+nameAt:]
		if name := bytes.ToLower(rest[:min(len(rest), 4)]); bytes.HasPrefix(bytes.TrimLeft(name, `/`), []byte("xl")) {
			return XLSX
		}
	}
}
