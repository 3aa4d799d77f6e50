package prose

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/microcosm-cc/bluemonday"
)

// allowed is the second wall behind disarm: whatever the parser may do, only
// these elements and attributes leave this package. It is never changed.
var allowed = wall()

func wall() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li",
		"h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "a", "img")
	p.AllowAttrs("id").Matching(regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)).OnElements("h1", "h2", "h3", "h4", "h5", "h6")
	p.AllowAttrs("start").Matching(regexp.MustCompile(`^[0-9]{1,9}$`)).OnElements("ol")
	p.AllowAttrs("alt").OnElements("img")
	target := regexp.MustCompile(`^([A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*)?(#[A-Za-z0-9][A-Za-z0-9._-]*)?$`)
	p.AllowAttrs("href").Matching(target).OnElements("a")
	p.AllowAttrs("src").Matching(target).OnElements("img")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	return p
}

// HTML is the document for a page, under a heading of level under: its largest
// heading comes one below. It holds no script, style, outside address or
// attribute but id, start, href, src and alt.
func (d *Document) HTML(under int) string {
	levels := headingTags.FindAllStringSubmatch(d.html, -1)
	if len(levels) == 0 {
		return d.html
	}
	largest := 6
	for _, l := range levels {
		largest = min(largest, int(l[2][0]-'0'))
	}
	return headingTags.ReplaceAllStringFunc(d.html, func(tag string) string {
		parts := headingTags.FindStringSubmatch(tag)
		level := min(6, max(1, int(parts[2][0]-'0')-largest+under+1))
		return fmt.Sprintf("<%sh%d", parts[1], level)
	})
}

// headingTags finds heading tags; in sanitized HTML a "<" opens a tag only.
var headingTags = regexp.MustCompile(`<(/?)h([1-6])\b`)

// Empty tells whether there is nothing to print.
func (d *Document) Empty() bool { return strings.TrimSpace(d.html) == "" }
