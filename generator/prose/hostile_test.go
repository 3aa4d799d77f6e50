package prose

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// hostile are texts that have run as script or reached another computer in some
// program that prints Markdown.
var hostile = []string{
	`<script>alert(1)</script>`,
	"<SCRIPT SRC=//x.example/a.js></SCRIPT>",
	`<img src=x onerror=alert(1)>`,
	`<svg/onload=alert(1)>`,
	`<svg><script>alert(1)</script></svg>`,
	`<iframe src="javascript:alert(1)"></iframe>`,
	`<a href="javascript:alert(1)" style="position:fixed">x</a>`,
	`<div style="background:url(//x.example/a)">x</div>`,
	`<style>@import '//x.example/a.css';</style>`,
	`<base href="https://x.example/"><meta http-equiv=refresh content="0;url=//x">`,
	`<!-- --><script>alert(1)</script><!-- -->`,
	`<!--><script>alert(1)</script>-->`,
	"<![CDATA[<script>alert(1)</script>]]>",
	`<?php echo 1 ?><!DOCTYPE x>`,
	"<details open ontoggle=alert(1)>",
	"[x](javascript:alert(1))",
	"[x](JaVaScRiPt:alert(1))",
	"[x](java&#115;cript:alert(1))",
	"[x](java\tscript:alert(1))",
	"[x](&#x6A;&#x61;vascript:alert(1))",
	"[x](\\javascript:alert(1))",
	"[x](javascript&colon;alert(1))",
	"[x](vbscript:msgbox(1))",
	"[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
	"[x](//x.example/a)",
	"[x](\\\\x.example\\share)",
	"[x](/\\x.example/a)",
	"[x](file:///etc/passwd)",
	"[x](C:/Windows/win.ini)",
	"[x](../../../etc/passwd)",
	"[x](%2e%2e/a.html)",
	"[x](recovery.html\"onmouseover=alert(1)//)",
	"[x](<recovery.html onclick=alert(1)>)",
	"[x](#\"onclick=alert(1))",
	"[x](#a b)",
	"[x](?a=b)",
	"[x](mailto:a@x.example)",
	"[x]( https://x.example)",
	"[x][r]\n\n[r]: javascript:alert(1) \"t\"",
	"[x](recovery.html 'a\" onclick=\"alert(1)')",
	"![x](//x.example/a.png)",
	"![x](\\\\x.example\\share\\a.png)",
	"![x](https://x.example/a.png)",
	"![x](data:image/svg+xml;base64,PHN2Zz4=)",
	"![x\" onerror=\"alert(1)](assets/rack.png)",
	"![x](assets/rack.png \"t\" onerror=alert(1))",
	"![<script>](assets/rack.png)",
	"<javascript:alert(1)>",
	"<https://x.example/\"onclick=alert(1)>",
	"<a@x.example>",
	"# x {#id onclick=alert(1)}",
	"# <script>alert(1)</script>",
	"```js\" onclick=alert(1)\nx\n```",
	"`<script>alert(1)</script>`",
	"    <script>alert(1)</script>",
	"| a |\n|---|\n| <script>alert(1)</script> |",
	"| [x](javascript:alert(1)) |\n|---|\n| ![](//x/a) |",
	"- [ ] <input type=checkbox onclick=alert(1)>",
	"&lt;script&gt;alert(1)&lt;/script&gt;",
	"&#60;script&#62;alert(1)&#60;/script&#62;",
	"&ltscript&gtalert(1)",
	"\\<script>alert(1)\\</script>",
	"{{ .Secret }} {% raw %} ${x}",
	"\u202eevil\u2066\u200b",
	"a\x00b &#0; &#x0;",
	"[a](b\u2028c)",
	"~~x~~ ^x^ [^1]\n\n[^1]: <script>",
	"<x" + strings.Repeat("<", 500),
	strings.Repeat("[", 500) + strings.Repeat("](javascript:x)", 500),
	strings.Repeat("![", 200) + "x" + strings.Repeat("](//x/a)", 200),
	strings.Repeat("*", 999) + "x" + strings.Repeat("_", 999),
}

// harmless checks that only elements and attributes of the wall are in a page.
func harmless(t *testing.T, md, page string) {
	t.Helper()
	elements := strings.Fields("p br hr em strong code pre blockquote ul ol li h1 h2 h3 h4 h5 h6 table thead tbody tr th td a img")
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.CommentToken, html.DoctypeToken:
			t.Errorf("%.80q leaves %q", md, z.Raw())
		case html.StartTagToken, html.SelfClosingTagToken:
			tag := z.Token()
			if !slices.Contains(elements, tag.Data) {
				t.Errorf("%.80q leaves <%s>", md, tag.Data)
			}
			for _, a := range tag.Attr {
				address := a.Key == "href" || a.Key == "src"
				if !address && !slices.Contains([]string{"id", "start", "alt"}, a.Key) {
					t.Errorf("%.80q leaves the attribute %s", md, a.Key)
				}
				if address && (strings.ContainsAny(a.Val, ":\\?%& \"'<>") || strings.Contains(a.Val, "//") || strings.HasPrefix(a.Val, "/") || strings.Contains(a.Val, "..")) {
					t.Errorf("%.80q leads to %q", md, a.Val)
				}
				if a.Key == "src" && !pages(a.Val) {
					t.Errorf("%.80q shows %q", md, a.Val)
				}
			}
		}
	}
}

func TestNothingHostileLeaves(t *testing.T) {
	contexts := []string{"%s", "a %s b", "# %s", "- %s", "> %s", "| a |\n|---|\n| %s |", "[%s](recovery.html)", "![%s](assets/rack.png)", "**%s**", "x\n%s\ny", "`%s", "[x](%s)", "[x]: %s\n\n[x]"}
	for _, text := range hostile {
		for _, context := range contexts {
			md := fmt.Sprintf(context, text)
			doc, problems := Parse("summary.md", []byte(md), pages)
			page := doc.HTML(1)
			harmless(t, md, page)
			if strings.Contains(strings.ToLower(page), "<script") {
				t.Errorf("%.80q leaves a script", md)
			}
			if strings.ContainsFunc(page, hides) {
				t.Errorf("%.80q leaves a character that hides", md)
			}
			for _, b := range doc.Blocks() {
				if strings.ContainsFunc(b.Text, hides) {
					t.Errorf("%.80q leaves a character that hides in the packet", md)
				}
			}
			for _, p := range problems {
				if p.File != "summary.md" || p.Row < 0 || p.Row > strings.Count(md, "\n")+1 {
					t.Errorf("%.80q: a problem without its place: %+v", md, p)
				}
			}
		}
	}
}

func TestWordsOfAHostileTextStayReadable(t *testing.T) {
	doc, _ := Parse("summary.md", []byte("before <script>alert(1)</script> after"), nil)
	blocks := doc.Blocks()
	if len(blocks) != 1 || blocks[0].Text != "before <script>alert(1)</script> after" {
		t.Errorf("got %+v", blocks)
	}
}

// The page and the packet hold the same words.
func sameWords(t *testing.T, doc *Document) {
	t.Helper()
	var page, packet strings.Builder
	z := html.NewTokenizer(strings.NewReader(doc.HTML(1)))
	for done := false; !done; {
		switch z.Next() {
		case html.ErrorToken:
			done = true
		case html.TextToken:
			page.Write(z.Text())
		case html.StartTagToken, html.SelfClosingTagToken:
			for _, a := range z.Token().Attr {
				if a.Key == "alt" {
					page.WriteString(a.Val)
				}
			}
		}
	}
	for _, b := range doc.Blocks() {
		packet.WriteString(b.Text + strings.Join(b.Cells, ""))
	}
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	if a, b := squeeze(page.String()), squeeze(packet.String()); a != b {
		t.Errorf("page %q, packet %q", a, b)
	}
}

func FuzzParse(f *testing.F) {
	for _, h := range hostile {
		f.Add(h)
	}
	f.Add("# A\n\n- b\n  1. c\n\n> d\n\n| e |\n|---|\n| f |\n\n```\ng\n```\n")
	f.Fuzz(func(t *testing.T, md string) {
		doc, problems := Parse("summary.md", []byte(md), pages)
		harmless(t, md, doc.HTML(1))
		sameWords(t, doc)
		for _, p := range problems {
			if p.Code == "" || p.Message == "" || p.File != "summary.md" {
				t.Errorf("a problem without its place or words: %+v", p)
			}
		}
	})
}
