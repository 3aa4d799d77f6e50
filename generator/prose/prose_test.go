package prose

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"proofpack/generator/diag"
)

// pages are the files of a report that commentary may lead to.
func pages(path string) bool {
	return path == "systems/vmh-01.html" || path == "recovery.html" || path == "assets/rack.png"
}

func said(problems []*diag.Problem) string {
	var b strings.Builder
	for _, p := range problems {
		b.WriteString(p.Pos.String() + ": " + p.Message + "\n")
	}
	return b.String()
}

func TestCommentary(t *testing.T) {
	for _, c := range []struct{ fact, md, html, problems string }{
		{"plain words", "Two *hosts* and **one** `disk`.", "<p>Two <em>hosts</em> and <strong>one</strong> <code>disk</code>.</p>\n", ""},
		{"a heading has an id of the file's name and its words", "# What we decided!", "<h2 id=\"summary-what-we-decided\">What we decided!</h2>\n", ""},
		{"two headings of the same words", "## Storage\n\n## Storage", "<h2 id=\"summary-storage\">Storage</h2>\n<h2 id=\"summary-storage-2\">Storage</h2>\n", ""},
		{"a heading of no Latin letters", "# 恢复", "<h2 id=\"summary-x0a6a2ca3\">恢复</h2>\n", ""},
		{"headings keep their distance", "## A\n#### B", "<h2 id=\"summary-a\">A</h2>\n<h4 id=\"summary-b\">B</h4>\n", ""},
		{"a list that begins at three", "3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n", ""},
		{"a table", "| a | b |\n|:--|--:|\n| 1 | 2 |", "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>\n", ""},
		{"code of a language", "```go\nx := 1 < 2\n```", "<pre><code>x := 1 &lt; 2\n</code></pre>\n", ""},

		{"a link to a page of the report", "[host](systems/vmh-01.html)", "<p><a href=\"systems/vmh-01.html\">host</a></p>\n", ""},
		{"a link to a place on such a page", "[host](systems/vmh-01.html#r41)", "<p><a href=\"systems/vmh-01.html#r41\">host</a></p>\n", ""},
		{"a link to a heading of its own", "# Storage\n\n[see](#storage)", "<h2 id=\"summary-storage\">Storage</h2>\n<p><a href=\"#summary-storage\">see</a></p>\n", ""},
		{"a link to another place on the page", "[see](#r41)", "<p><a href=\"#r41\">see</a></p>\n", ""},
		{"a page that is not there", "one\n\n[host](systems/vmh-2.html)", "<p>one</p>\n<p>host (systems/vmh-2.html)</p>\n",
			`notes/summary.md line 3: the link "systems/vmh-2.html" leads to no page of the report, so it was printed as text` + "\n"},
		{"an outside address stands beside its words", "[the vendor](https://vendor.example/a?b=c&d)", "<p>the vendor (https://vendor.example/a?b=c&amp;d)</p>\n", ""},
		{"an address that is its own words", "[https://vendor.example](https://vendor.example)", "<p>https://vendor.example</p>\n", ""},
		{"an address in angle brackets", "<https://vendor.example/x>", "<p>https://vendor.example/x</p>\n", ""},
		{"a mail address", "<dana@halden.example>", "<p>dana@halden.example</p>\n", ""},
		{"a bare address", "https://vendor.example", "<p>https://vendor.example</p>\n", ""},
		{"a link of a title", "[host](recovery.html \"a title\")", "<p><a href=\"recovery.html\">host</a></p>\n", ""},
		{"a reference", "[host][1]\n\n[1]: recovery.html", "<p><a href=\"recovery.html\">host</a></p>\n", ""},

		{"a picture of the report", "![the rack](assets/rack.png)", "<p><img src=\"assets/rack.png\" alt=\"the rack\"></p>\n", ""},
		{"an outside picture is its words", "![the *rack*](https://x.example/rack.png)", "<p>the <em>rack</em></p>\n",
			`notes/summary.md line 1: the image "https://x.example/rack.png" is not a file of the report, so its words were printed instead` + "\n"},
		{"a picture in a link", "[![the rack](//x/a.png)](https://x.example)", "<p>the rack (https://x.example)</p>\n",
			`notes/summary.md line 1: the image "//x/a.png" is not a file of the report, so its words were printed instead` + "\n"},

		{"HTML is printed as text", "a <b>bold</b> word", "<p>a &lt;b&gt;bold&lt;/b&gt; word</p>\n",
			strings.Repeat("notes/summary.md line 1: HTML has no effect in a commentary; it was printed as text\n", 2)},
		{"a block of HTML", "x\n\n<div>\nhi\n</div>", "<p>x</p>\n<p>&lt;div&gt;\nhi\n&lt;/div&gt;</p>\n",
			"notes/summary.md line 3: HTML has no effect in a commentary; it was printed as text\n"},
		{"a note to the editor is not printed", "a <!-- ask Dana --> b\n\n<!--\nlater\n-->", "<p>a  b</p>\n", ""},
		{"words that hide", "a\u202eb &#x202e; c", "<p>a[U+202E]b [U+202E] c</p>\n", ""},
	} {
		doc, problems := Parse("notes/summary.md", []byte(c.md), pages)
		if diff := cmp.Diff(c.html, doc.HTML(1)); diff != "" {
			t.Errorf("%s: HTML (-want +got):\n%s", c.fact, diff)
		}
		if diff := cmp.Diff(c.problems, said(problems)); diff != "" {
			t.Errorf("%s: problems (-want +got):\n%s", c.fact, diff)
		}
	}
}

func TestHeadingsComeBelowThePagesOwn(t *testing.T) {
	doc, _ := Parse("a.md", []byte("# One\n## Two\n###### Six"), nil)
	for under, want := range map[int]string{0: "h1 h2 h6", 1: "h2 h3 h6", 3: "h4 h5 h6", 6: "h6 h6 h6"} {
		var tags []string
		for _, m := range headingTags.FindAllStringSubmatch(doc.HTML(under), -1) {
			if m[1] == "" {
				tags = append(tags, "h"+m[2])
			}
		}
		if got := strings.Join(tags, " "); got != want {
			t.Errorf("under %d: %s, want %s", under, got, want)
		}
	}
}

func TestBlocks(t *testing.T) {
	md := `# May in short

The host is *nearly* full;
see [recovery](recovery.html) and [the vendor](https://vendor.example).

- buy disks \& cables
- test a restore

  before 10 June
  1. plan
  2. do
-

> We accept this.

| system | days |
|---|---|
| VMH-01 | 13 |
| SQL-01 |  |

    df -h
    ls

![the rack](assets/rack.png)

last  
line
`
	want := []Block{
		{Kind: Heading, Level: 1, Text: "May in short"},
		{Kind: Paragraph, Text: "The host is nearly full; see recovery and the vendor (https://vendor.example)."},
		{Kind: Item, Level: 1, Marker: "•", Text: "buy disks & cables"},
		{Kind: Item, Level: 1, Marker: "•", Text: "test a restore"},
		{Kind: Item, Level: 1, Text: "before 10 June"},
		{Kind: Item, Level: 2, Marker: "1.", Text: "plan"},
		{Kind: Item, Level: 2, Marker: "2.", Text: "do"},
		{Kind: Quote, Text: "We accept this."},
		{Kind: Row, Head: true, Cells: []string{"system", "days"}},
		{Kind: Row, Cells: []string{"VMH-01", "13"}},
		{Kind: Row, Cells: []string{"SQL-01", ""}},
		{Kind: Code, Text: "df -h\nls"},
		{Kind: Paragraph, Text: "the rack"},
		{Kind: Paragraph, Text: "last\nline"},
	}
	doc, problems := Parse("summary.md", []byte(md), pages)
	if len(problems) > 0 {
		t.Error(said(problems))
	}
	if diff := cmp.Diff(want, doc.Blocks()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWhatCannotBeReadIsLeftOutAndSaid(t *testing.T) {
	for _, c := range []struct{ fact, md, code string }{
		{"too large", strings.Repeat("x", MaxBytes+1), "too-large"},
		{"another encoding", "caf\xe9", "not-utf8"},
		{"quotes in quotes without end", "a\n\n" + strings.Repeat(">", 10000), "too-deep"},
		{"lists in lists without end", strings.Repeat("- + ", 5000), "too-deep"},
		{"numbered lists without end", strings.Repeat("1. ", 10000), "too-deep"},
		{"a table without end", "|a\n" + strings.Repeat("|-", 25) + "\n|b", "too-wide"},
		{"lists by indentation", strings.Repeat(" ", 1000) + "- x", "too-deep"},
	} {
		doc, problems := Parse("summary.md", []byte(c.md), nil)
		if len(problems) != 1 || problems[0].Code != c.code || !doc.Empty() || len(doc.Blocks()) > 0 {
			t.Errorf("%s: %s, %d blocks", c.fact, said(problems), len(doc.Blocks()))
		}
	}
	if doc, problems := Parse("summary.md", []byte(strings.Repeat("-", 200)), nil); len(problems) > 0 || doc.Empty() {
		t.Errorf("a long rule is no nest: %s", said(problems))
	}
}

func TestWindowsTextIsRead(t *testing.T) {
	doc, problems := Parse("summary.md", []byte("\xef\xbb\xbf# A\r\n\r\n[x](y.html)\r\n"), pages)
	if doc.HTML(1) != "<h2 id=\"summary-a\">A</h2>\n<p>x (y.html)</p>\n" || len(problems) != 1 || problems[0].Row != 3 {
		t.Errorf("%q\n%s", doc.HTML(1), said(problems))
	}
}
