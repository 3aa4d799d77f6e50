package report

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"proofpack/generator/assess"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/name"
)

// A builder holds what the pages share: the input, the lookups, and the
// register of figures.
type builder struct {
	Input
	figures   []Figure
	figureIDs map[string]string // what a figure says -> its id

	sourceSlugs map[string]string // file and sheet -> slug of its row pages
	inputs      map[string]*evidence.Input

	systemSlugs, serviceSlugs map[string]string
	systemNames               map[string]string // id -> as printed
	rankOf                    map[string]int
	patching                  *patchPicture                // made when first asked
	changing                  *changePicture               // made when first asked
	stock                     *stockPicture                // made when first asked
	series                    []evidence.Series            // sampled resources, made when first asked
	owners                    map[string]string            // subject -> the person who answers for it, made when first asked
	people                    *crowd                       // open accounts, made when first asked
	asked                     *assess.Input                // what checks see, made when first asked
	outagesMade               []assess.Outage              // the newest first, made when first asked
	lessonsMade               []assess.Lesson              // made when first asked
	byID                      []*assess.Finding            // by id, made when first asked
	bySubject                 map[string][]*assess.Finding // "kind/id"
	bySystem                  map[string][]*assess.Finding
	byService                 map[string][]*assess.Finding
}

// rowsPerPage is how many rows stand on one page of a source: a table of 1,000
// shows within a second from a share (06-site).
const rowsPerPage = 1000

func newBuilder(in Input) *builder {
	b := &builder{
		Input: in, figureIDs: map[string]string{}, sourceSlugs: map[string]string{}, inputs: map[string]*evidence.Input{},
		systemNames: map[string]string{}, rankOf: map[string]int{},
		bySubject: map[string][]*assess.Finding{}, bySystem: map[string][]*assess.Finding{}, byService: map[string][]*assess.Finding{},
	}
	used := map[string]bool{}
	for i := range in.Set.Inputs {
		src := &in.Set.Inputs[i]
		key := src.File + "\x00" + src.Sheet
		b.sourceSlugs[key] = unique(used, name.Slug(strings.TrimSpace(path.Base(src.File)+" "+src.Sheet), 34))
		b.inputs[key] = src
	}
	b.serviceSlugs, b.systemSlugs = map[string]string{}, map[string]string{}
	used = map[string]bool{}
	for _, s := range in.Set.Services {
		b.serviceSlugs[s.ID] = unique(used, name.Slug(s.Name, 40))
	}
	used = map[string]bool{}
	for _, s := range in.Set.Systems {
		b.systemSlugs[s.ID] = unique(used, name.Slug(s.ID, 40))
		b.systemNames[s.ID] = s.ID
	}
	for _, s := range in.Ranking.Systems {
		b.rankOf[s.ID] = s.Rank
	}
	for i := range in.Result.Findings {
		f := &in.Result.Findings[i]
		key := f.Subject.Kind + "/" + f.Subject.ID
		b.bySubject[key] = append(b.bySubject[key], f)
		for _, s := range systemsOf(f) {
			b.bySystem[s] = append(b.bySystem[s], f)
		}
		for _, s := range f.Services {
			b.byService[s] = append(b.byService[s], f)
		}
	}
	return b
}

// systemsOf are the systems a finding is about.
func systemsOf(f *assess.Finding) []string {
	if f.Subject.Kind == "system" {
		return []string{f.Subject.ID}
	}
	var all []string
	if f.Subject.System != "" {
		all = append(all, f.Subject.System)
	}
	for _, s := range f.Subject.Also {
		if !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}

// unique is the slug, with a number where it is taken.
func unique(used map[string]bool, slug string) string {
	try := slug
	for n := 2; used[try]; n++ {
		try = fmt.Sprintf("%s-%d", slug, n)
	}
	used[try] = true
	return try
}

func (b *builder) servicePath(id string) string {
	if slug := b.serviceSlugs[id]; slug != "" {
		return "services/" + slug + ".html"
	}
	return ""
}

func (b *builder) systemPath(id string) string {
	if slug := b.systemSlugs[id]; slug != "" {
		return "systems/" + slug + ".html"
	}
	return ""
}

// system is a system's name that leads to its page.
func (b *builder) system(id string) Span { return link(id, b.systemPath(id)) }

// service is a service's name that leads to its page.
func (b *builder) service(id string) Span { return link(b.serviceName(id), b.servicePath(id)) }

func (b *builder) serviceName(id string) string {
	if s := b.Set.Service(id); s != nil {
		return s.Name
	}
	return id
}

// systems joins systems in words, each leading to its page.
func (b *builder) systems(ids []string) Text { return joined(ids, b.system) }

// services joins services in words, each leading to its page.
func (b *builder) services(ids []string) Text { return joined(ids, b.service) }

// fewNames is how many names a cell of a table holds before it counts the rest.
const fewNames = 3

// some is the first of many names, and how many more there are.
func some(ids []string, span func(string) Span) Text {
	if len(ids) <= fewNames+1 {
		return joined(ids, span)
	}
	t := words(span(ids[0]))
	for _, id := range ids[1:fewNames] {
		t = append(t, words(", ", span(id))...)
	}
	return append(t, words(" and ", evidence.Whole(len(ids)-fewNames), " more")...)
}

func joined(ids []string, span func(string) Span) Text {
	var t Text
	for i, id := range ids {
		switch {
		case i > 0 && i == len(ids)-1:
			t = append(t, Span{Text: " and "})
		case i > 0:
			t = append(t, Span{Text: ", "})
		}
		t = append(t, span(id))
	}
	return t
}

// rowPath leads to a row; "" where the file is no source of this report.
func (b *builder) rowPath(p diag.Pos) string {
	slug := b.sourceSlugs[p.File+"\x00"+p.Sheet]
	if slug == "" {
		return ""
	}
	src := b.inputs[p.File+"\x00"+p.Sheet]
	if p.Row == 0 {
		return recordPath(slug, 0)
	}
	at, found := slices.BinarySearchFunc(src.Rows, p.Row, func(r evidence.RowRecord, n int) int { return r.N - n })
	if !found {
		return recordPath(slug, 0)
	}
	return recordPath(slug, at/rowsPerPage) + fmt.Sprintf("#r%d", p.Row)
}

func recordPath(slug string, page int) string { return fmt.Sprintf("data/%s-%05d.html", slug, page+1) }

// most rows that a table cell lists; the figure's page and the finding's list
// the rest.
const mostRows = 3

// sources are the rows a fact rests on, in few words, each leading to its row.
func (b *builder) sources(at []diag.Pos) Text {
	if len(at) == 0 {
		return words("no row found")
	}
	return b.rows(at, mostRows)
}

// rows lists places, at most so many of them, file by file.
func (b *builder) rows(at []diag.Pos, most int) Text {
	var t Text
	file := ""
	for i, p := range at {
		if i == most {
			t = append(t, Span{Text: fmt.Sprintf(" and %d more", len(at)-most)})
			break
		}
		switch {
		case p.File+"\x00"+p.Sheet != file:
			if i > 0 {
				t = append(t, lineBreak())
			}
			file = p.File + "\x00" + p.Sheet
			t = append(t, link(called(p)+rowWords(p), b.rowPath(p)))
		default:
			t = append(t, Span{Text: ", "}, link(fmt.Sprint(p.Row), b.rowPath(p)))
		}
	}
	return t
}

// called is what a source is called in few words: its file without folders, and
// the sheet of a workbook.
func called(p diag.Pos) string {
	if p.Sheet == "" {
		return path.Base(p.File)
	}
	return path.Base(p.File) + " sheet " + p.Sheet
}

// sourceCalled is called for a source.
func sourceCalled(in *evidence.Input) string { return called(sourcePos(in)) }

// sourcePath is a source with its folders, as the user knows it.
func sourcePath(in *evidence.Input) string { return sourcePos(in).String() }

// sourcePos is the place of a whole source.
func sourcePos(in *evidence.Input) diag.Pos { return diag.Pos{File: in.File, Sheet: in.Sheet} }

func rowWords(p diag.Pos) string {
	if p.Row == 0 {
		return ""
	}
	return fmt.Sprintf(" row %d", p.Row)
}

// finding finds a check's findings about a system, worst first.
func (b *builder) findings(of []*assess.Finding, check string) []*assess.Finding {
	var all []*assess.Finding
	for _, f := range of {
		if f.Check.ID == check {
			all = append(all, f)
		}
	}
	slices.SortStableFunc(all, worstFirst)
	return all
}

func worstFirst(a, c *assess.Finding) int { return worseFirst(a.State, c.State) }

// worseFirst puts the worse of two states first.
func worseFirst(a, c assess.State) int {
	switch {
	case assess.Worse(a, c):
		return -1
	case assess.Worse(c, a):
		return 1
	}
	return 0
}
