package page

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"sync"

	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/problem"
)

//go:embed style.css icon.svg script/*.js
var files embed.FS

// asset is what pages load. Its name has a digest of what it says, which no other one ever has: browsers may keep it as long as they like.
type asset struct {
	name, kind string
	text       []byte
}

var (
	sheet  = sync.OnceValue(func() asset { return assetOf("style", "text/css; charset=utf-8", "style.css") })
	icon   = sync.OnceValue(func() asset { return assetOf("icon", "image/svg+xml", "icon.svg") })
	script = sync.OnceValue(func() asset {
		names, _ := fs.Glob(files, "script/*.js") // the pattern is right
		return assetOf("script", "text/javascript; charset=utf-8", names...)
	})
)

// assetOf joins files. Each of a script has a block of its own, so that none sees the names of another.
func assetOf(name, kind string, of ...string) asset {
	var all bytes.Buffer
	for _, one := range of {
		text, err := files.ReadFile(one)
		if err != nil { // the files are part of the program
			panic(err)
		}
		if name == "script" {
			text = bytes.Join([][]byte{[]byte("{\n"), text, []byte("}\n")}, nil)
		}
		all.Write(text)
	}
	sum := sha256.Sum256(all.Bytes())
	return asset{name + "-" + hex.EncodeToString(sum[:8]), kind, all.Bytes()}
}

func styleName() string  { return sheet().name }
func scriptName() string { return script().name }
func iconName() string   { return icon().name }

// Assets is the route of what pages load. ROUTE_UNKNOWN of one that there was, or never was.
func Assets() Route {
	return Route{Method: "GET", Pattern: "/assets/{asset}", Public: true, Serve: func(_ context.Context, _ *office.Office, v Visit) (*Answer, error) {
		for _, one := range []asset{sheet(), icon(), script()} {
			if v.Values["asset"] == one.name {
				return &Answer{Text: one.text, Type: one.kind, Cache: "public, max-age=31536000, immutable"}, nil
			}
		}
		return nil, problem.New("ROUTE_UNKNOWN").Valued("/" + v.Path)
	}}
}
