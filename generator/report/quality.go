package report

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"proofpack/generator/evidence"
)

// quality is the page that says what the report is built on.
func (b *builder) quality() *Page {
	complete, short := 0, 0
	for _, in := range b.Set.Inputs {
		switch in.Standing {
		case evidence.Complete:
			complete++
		case evidence.Short:
			short++
		case evidence.Unattested:
		}
	}
	n := len(b.Set.Inputs)
	missing := b.absentSets()
	p := &Page{Path: "data-quality.html", Nav: "Data", Basis: true, Kicker: "Data quality",
		Title: words(b.count(complete, completeCounted), " of ", b.count(n, sourcesCounted), " exports ", evidence.Noun(complete, "is", "are"), " attested complete, ", b.count(short, shortCounted), " ", evidence.Noun(short, "is", "are"), " short, and ", b.count(len(missing), "count(data sets that a check needs and nobody supplied)"), " data ", evidence.Noun(len(missing), "set is", "sets are"), " absent"),
		Lede:  words("Rows read are used, rejected, duplicate or set aside, for every file; nothing is lost in silence. Whether an export holds everything can only be attested by whoever made it: a declared row count in its intake record. Every source, every row that was not used and every figure stand in the ", link("evidence workbook", WorkbookFile), " too.")}
	p.Sections = append(p.Sections, b.shareSection(), b.sourceSection(), b.absenceSection(missing))
	if b.Past != nil {
		s := b.chainSection()
		s.ID = "earlier"
		p.Sections = append(p.Sections, s)
	}
	if len(b.Unread) > 0 {
		p.Sections = append(p.Sections, b.unreadSection())
	}
	p.Sections = append(p.Sections, b.joinSection(), b.columnSection(), b.publishSection())
	return p
}

func (b *builder) shareSection() Section {
	sec := Section{ID: "rows", Kicker: "Rows"}
	if len(b.Set.Inputs) == 0 {
		sec.Title = words("No export was read")
		sec.Blocks = []Block{Paragraph{Text: absent("The exports folder is empty.")}}
		return sec
	}
	var shares Shares
	var read, rejected int
	t := Table{Caption: "Rows by what became of them", Wide: true, Columns: []Column{{Title: "Source", Share: .3}, {Title: "Read", Num: true, Share: .1}, {Title: "Used", Num: true, Share: .1}, {Title: "Rejected", Num: true, Share: .1}, {Title: "Duplicate", Num: true, Share: .12}, {Title: "Set aside", Num: true, Share: .12}, {Title: "Declared", Num: true, Share: .16}}}
	for i := range b.Set.Inputs {
		in := &b.Set.Inputs[i]
		read, rejected = read+in.Read, rejected+in.Rejected
		declared := absent("not declared")
		if in.Expected >= 0 {
			declared = words(b.count(in.Expected, rowsDeclared(in)))
		}
		shares.Rows = append(shares.Rows, Share{Label: words(link(sourceCalled(in), b.rowPath(sourcePos(in)))), Used: in.Used, Rejected: in.Rejected, Duplicate: in.Duplicate, SetAside: in.SetAside, Expected: in.Expected, Note: in.DataSet})
		t.Rows = append(t.Rows, TableRow{Cells: []Text{
			words(link(sourceCalled(in), b.rowPath(sourcePos(in))), lineBreak(), Text{small(in.DataSet)}),
			words(b.count(in.Read, rowsRead(in))), words(b.count(in.Used, rowsUsed(in))), words(b.count(in.Rejected, rowsRejected(in))),
			words(b.count(in.Duplicate, rowsRepeated(in))), words(b.count(in.SetAside, rowsAside(in))), declared,
		}})
	}
	sec.Title = words(b.count(read, readSummed), " rows read from ", b.count(len(b.Set.Inputs), sourcesCounted), " ", evidence.Noun(len(b.Set.Inputs), "source", "sources"), ", ", b.count(rejected, rejectedSummed), " rejected")
	sec.Blocks = []Block{Chart{ID: "shares", Measure: "Rows of each source by what became of them.", Drawing: shares, Table: &t}}
	return sec
}

func (b *builder) sourceSection() Section {
	t := Table{Caption: "Sources", Wide: true, Columns: []Column{{Title: "File", Share: .2}, {Title: "Data set", Share: .1}, {Title: "Completeness", Share: .12}, {Title: "Read as", Share: .22}, {Title: "From", Share: .16}, {Title: "Bytes", Num: true, Share: .07}, {Title: "SHA-256", Share: .13}}}
	for i := range b.Set.Inputs {
		in := &b.Set.Inputs[i]
		as := in.Format
		if in.Encoding != "" {
			as += ", " + in.Encoding
		}
		if in.Delimiter != "" && in.Delimiter != "," {
			as += ", delimiter " + in.Delimiter
		}
		if in.DateOrder != "" {
			as += ", dates " + in.DateOrder
		}
		span := words("no dates of events")
		if !in.MinDate.IsZero() {
			span = words(keep(evidence.ShortDay(in.MinDate)), " to ", keep(evidence.ShortDay(in.MaxDate)))
		}
		from := absent("no intake record")
		if in.System != "" || in.By != "" {
			from = words(strings.TrimPrefix(in.System+", "+in.Report, ", "))
			if in.By != "" {
				from = append(from, words(lineBreak(), Text{small("by " + in.By)})...)
			}
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{
			b.sourceName(in), words(in.DataSet), b.standing(in), words(as, lineBreak(), span), from,
			words(evidence.Whole(int(in.Bytes))), words(code(shortHash(in.SHA256))),
		}})
	}
	return Section{ID: "sources", Kicker: "Sources", Title: words("Where each export came from, how it was read, and its hash"), Blocks: []Block{t}}
}

// sourceName is the file of a source, with its sheet and folder.
func (b *builder) sourceName(in *evidence.Input) Text {
	t := words(link(path.Base(in.File), b.rowPath(sourcePos(in))))
	var quiet []string
	if in.Sheet != "" {
		quiet = append(quiet, "sheet "+in.Sheet)
	}
	if folder := path.Dir(in.File); folder != "." {
		quiet = append(quiet, folder)
	}
	if len(quiet) == 0 {
		return t
	}
	return append(t, words(lineBreak(), small(strings.Join(quiet, ", ")))...)
}

func (b *builder) standing(in *evidence.Input) Text {
	of := keep(evidence.Whole(in.Read) + " of " + evidence.Whole(in.Expected))
	switch in.Standing {
	case evidence.Complete:
		return words("complete: ", of)
	case evidence.Short:
		return words(strong("short: "), of)
	case evidence.Unattested:
	}
	return words("not attested")
}

func (b *builder) absenceSection(missing []string) Section {
	sec := Section{ID: "absent", Kicker: "Absent"}
	if len(missing) == 0 && len(b.Set.Absent) == 0 {
		sec.Title = words("Every data set that the checks ask for was supplied")
		sec.Blocks = []Block{Paragraph{Text: words("Nothing declared is absent.")}}
		return sec
	}
	t := Table{Caption: "Absent data sets", Columns: []Column{{Title: "Data set", Share: .3}, {Title: "Checks that answer missing for want of it", Share: .7}}}
	for _, d := range missing {
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(strong(d)), words(strings.Join(b.checksOf(d), ", "))}})
	}
	for _, a := range b.Set.Absent {
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(strong(heldBy(a)), ", declared as ", code(a.Name)), words("no file matches ", code(a.Pattern))}})
	}
	sec.Title = words(upper(counted(len(missing), "data set")), " ", evidence.Noun(len(missing), "is", "are"), " absent")
	sec.Blocks = []Block{t}
	return sec
}

// heldBy is what an absent source was to hold.
func heldBy(a evidence.Absence) string {
	if a.DataSet == "" {
		return "an export of unknown content"
	}
	return a.DataSet
}

func (b *builder) unreadSection() Section {
	t := Table{Caption: "Files not read", Columns: []Column{{Title: "File", Share: .3}, {Title: "Looks like", Share: .2}, {Title: "Why it was not read", Share: .5}}}
	for _, u := range b.Unread {
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(code(u.Place())), orAbsent(u.DataSet, "undecided"), words(u.Reason)}})
	}
	return Section{ID: "unread", Kicker: "Not read", Title: words(upper(counted(len(b.Unread), "file")), " beside the exports ", evidence.Noun(len(b.Unread), "was", "were"), " not read"), Blocks: []Block{t}}
}

// joinSection lists names joined by more than the exact id, and names that
// joined nothing.
func (b *builder) joinSection() Section {
	joins := weakJoins(b.Set.Joins)
	sec := Section{ID: "joins", Kicker: "Names", Title: words(b.count(len(b.Set.Unknown), "count(names in exports that the inventory lacks)"), " ", evidence.Noun(len(b.Set.Unknown), "system is", "systems are"), " named by other exports and absent from the inventory; ", b.count(len(joins), "count(names that differ from the id they were joined to)"), " ", evidence.Noun(len(joins), "name was", "names were"), " taken for another")}
	if len(b.Set.Unknown) > 0 {
		t := Table{Caption: "Systems the inventory lacks", Columns: []Column{{Title: "Name", Share: .25}, {Title: "Named in", Share: .4}, {Title: "Rows", Share: .35}}}
		for _, u := range b.Set.Unknown {
			t.Rows = append(t.Rows, TableRow{Cells: []Text{words(b.system(u.Name)), words(namedIn(u.DataSet)), b.sources(u.Rows)}})
		}
		sec.Blocks = append(sec.Blocks, t)
	}
	if len(joins) > 0 {
		t := Table{Caption: "Names taken for another", Columns: []Column{{Title: "As written", Share: .35}, {Title: "Taken for", Share: .25}, {Title: "By", Share: .2}, {Title: "Rows", Num: true, Share: .2}}}
		for _, j := range joins {
			t.Rows = append(t.Rows, TableRow{Cells: []Text{words(quoted(j.Name)), words(b.system(j.System)), words(j.By), words(evidence.Whole(j.Rows))}})
		}
		sec.Blocks = append(sec.Blocks, t)
	}
	if len(sec.Blocks) == 0 {
		sec.Blocks = []Block{Paragraph{Text: words("Every name in every export is one that the inventory uses for the system.")}}
	}
	if same := len(b.Set.Joins) - len(joins); same > 0 && len(joins) > 0 {
		sec.Blocks = append(sec.Blocks, Paragraph{Quiet: true, Text: words(evidence.Of(same, "further name equals", "further names equal"), " the host name of the system, letter by letter.")})
	}
	return sec
}

// weakJoins are the joins of names that differ from the id printed for the system.
func weakJoins(joins []evidence.Join) []evidence.Join {
	var weak []evidence.Join
	for _, j := range joins {
		if j.Name != j.System {
			weak = append(weak, j)
		}
	}
	return weak
}

// namedIn is "capacity (9 rows), alerts (5)".
func namedIn(sets map[string]int) string {
	var names []string
	for d := range sets {
		names = append(names, d)
	}
	slices.SortFunc(names, func(x, y string) int {
		if sets[x] != sets[y] {
			return sets[y] - sets[x]
		}
		return strings.Compare(x, y)
	})
	for i, d := range names {
		unit := ""
		if i == 0 {
			unit = evidence.Noun(sets[d], " row", " rows")
		}
		names[i] = fmt.Sprintf("%s (%d%s)", d, sets[d], unit)
	}
	return strings.Join(names, ", ")
}

func (b *builder) columnSection() Section {
	t := Table{Caption: "Columns", Wide: true, Columns: []Column{{Title: "Source", Share: .22}, {Title: "Read as", Share: .42}, {Title: "Claimed by nothing", Share: .2}, {Title: "Notes", Share: .16}}}
	for i := range b.Set.Inputs {
		in := &b.Set.Inputs[i]
		var same, as []string
		for column, heading := range in.Columns {
			if column == heading {
				same = append(same, column)
			} else {
				as = append(as, heading+" as "+column)
			}
		}
		slices.Sort(same)
		slices.Sort(as)
		if len(same) > 0 {
			as = append(as, "by their own names "+evidence.And(same))
		}
		unmapped := words("none")
		if len(in.Unmapped) > 0 {
			unmapped = words(strings.Join(in.Unmapped, ", "))
		}
		if len(in.AlsoSeen) > 0 {
			unmapped = append(unmapped, words(lineBreak(), Text{small("also seen: " + strings.Join(in.AlsoSeen, ", "))})...)
		}
		notes := words("none")
		if len(in.Notes) > 0 {
			notes = words(strings.Join(in.Notes, "; "))
		}
		t.Rows = append(t.Rows, TableRow{Cells: []Text{words(sourceCalled(in)), words(strings.Join(as, ", ")), unmapped, notes}})
	}
	return Section{ID: "columns", Kicker: "Columns", Title: words("Which column was read as what, and which columns nothing claims"), Blocks: []Block{t}}
}

// recordPages are the rows of every source.
func (b *builder) recordPages() []*Page {
	var all []*Page
	for i := range b.Set.Inputs {
		in := &b.Set.Inputs[i]
		slug := b.sourceSlugs[in.File+"\x00"+in.Sheet]
		last := max(0, (len(in.Rows)-1)/rowsPerPage)
		for page := 0; page <= last; page++ {
			all = append(all, b.recordPage(in, slug, page, last))
		}
	}
	return all
}

func (b *builder) recordPage(in *evidence.Input, slug string, page, last int) *Page {
	from, to := page*rowsPerPage, min((page+1)*rowsPerPage, len(in.Rows))
	p := &Page{Path: recordPath(slug, page), Crumbs: []Crumb{{Text: "Data quality", Href: "data-quality.html"}}, Kicker: "Rows of " + in.DataSet,
		Title: words(sourceCalled(in), ": ", evidence.Of(in.Read, "row", "rows"), ", ", evidence.Whole(in.Rejected), " rejected"),
		Lede:  words("As read from ", code(sourcePath(in)), ", ", b.standing(in), ". SHA-256 ", code(in.SHA256), ".")}
	columns := b.Publish.Columns(in)
	records := Records{Header: columns.Header}
	for _, r := range in.Rows[from:to] {
		records.Rows = append(records.Rows, Record{N: r.N, Cells: columns.Row(r.Cells), Status: string(r.Status), Reason: b.Publish.Text(r.Reason)})
	}
	sec := Section{ID: "rows", Title: words("Every row, with what became of it")}
	if in.Read == 0 {
		sec.Title = words("The export has a header and 0 rows")
		sec.Blocks = []Block{Paragraph{Text: words("An export without rows differs from no export: it was made, and it shows nothing.")}}
	} else {
		sec.Blocks = []Block{records}
	}
	if in.Cited && in.Read > 0 {
		sec.Title = words("The rows that findings cite, and those that were rejected: ", evidence.Whole(len(in.Rows)), " of ", evidence.Whole(in.Read))
		sec.Blocks = append([]Block{Paragraph{Text: words("The export knows no bounds, so its rows were counted as they were read and not kept. What a finding cites is here, in the columns that are read; the whole of it is the export itself, by its hash.")}}, sec.Blocks...)
	}
	if left := slices.Concat(columns.Unclaimed, columns.Dropped); len(left) > 0 {
		sec.Blocks = append(sec.Blocks, Paragraph{Quiet: true, Text: words("Not published: ", strings.Join(left, ", "), ". ", link("Which columns are, and who decided it", "data-quality.html#published"), ".")})
	}
	if last > 0 {
		var pages Text
		for i := 0; i <= last; i++ {
			if i > 0 {
				pages = append(pages, Span{Text: ", "})
			}
			label := fmt.Sprintf("%d to %d", i*rowsPerPage+1, min((i+1)*rowsPerPage, len(in.Rows)))
			if i == page {
				pages = append(pages, strong(label))
			} else {
				pages = append(pages, link(label, recordPath(slug, i)))
			}
		}
		sec.Blocks = append([]Block{Paragraph{Quiet: true, Text: append(words("Rows "), pages...)}}, sec.Blocks...)
	}
	p.Sections = []Section{sec}
	if page == 0 && len(in.Outside) > 0 {
		t := Table{Caption: "Lines that are no rows", Columns: []Column{{Title: "Line", Num: true, Share: .1}, {Title: "Text", Share: .9}}}
		for _, l := range in.Outside {
			t.Rows = append(t.Rows, TableRow{Cells: []Text{words(fmt.Sprint(l.N)), words(quoted(l.Text))}})
		}
		p.Sections = append(p.Sections, Section{ID: "outside", Title: words("Lines above the header and below the rows"), Blocks: []Block{t}})
	}
	return p
}
