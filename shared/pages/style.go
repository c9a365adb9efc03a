package pages

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"

	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/problem"
)

//go:embed style.css
var sheet []byte

// styleName is the name of the stylesheet, which no other one ever has: browsers may keep it as long as they like.
func styleName() string {
	sum := sha256.Sum256(sheet)
	return "style-" + hex.EncodeToString(sum[:8])
}

// style is the stylesheet. ROUTE_UNKNOWN of one that there was, or never was.
func style(_ context.Context, _ *office.Office, v Visit) (*Answer, error) {
	if v.Path != "assets/"+styleName() {
		return nil, problem.New("ROUTE_UNKNOWN").Valued("/" + v.Path)
	}
	return &Answer{Text: sheet, Type: "text/css; charset=utf-8", Cache: "public, max-age=31536000, immutable"}, nil
}
