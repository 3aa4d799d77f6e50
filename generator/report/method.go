package report

import (
	"fmt"

	"proofpack/generator/evidence"
	"proofpack/generator/rank"
)

// method is the page that says how each figure is worked out, with an example
// from this month.
func (b *builder) method() *Page {
	p := &Page{Path: "method.html", Nav: "Method", Basis: true, Kicker: "Method",
		Title:    words("Exposure is the expected cost of the costliest thing that happens, with every missing proof counted against it"),
		Lede:     words("What counts as proof, how states are decided, how money and time are worked out, and an example with this month's rows."),
		Sections: []Section{{ID: "states", Kicker: "States", Title: words("Six states; no record is never good news"), Blocks: []Block{legend()}}},
	}
	p.Sections = append(p.Sections, b.example()...)
	if text := b.Prose["method.md"]; text != "" {
		p.Sections = append(p.Sections, Section{ID: "how", Kicker: "How it works", Blocks: []Block{Prose{Name: "method.md", Markdown: text}}})
	}
	terms := Table{Caption: "Words", Columns: []Column{{Title: "Word", Share: .25}, {Title: "Means", Share: .75}}}
	for _, t := range glossary {
		terms.Rows = append(terms.Rows, TableRow{Cells: []Text{words(strong(t.Word)), words(t.Means)}})
	}
	p.Sections = append(p.Sections,
		Section{ID: "assumptions", Kicker: "Assumptions", Title: words("Figures of judgement that were used this month"), Blocks: []Block{b.assumptions()}},
		Section{ID: "words", Kicker: "Words", Title: words("Words of this report"), Blocks: []Block{terms}},
	)
	p.Sections = append(p.Sections, Section{ID: "rules", Kicker: "Rules", Title: words("Every limit is printed with who set it"), Blocks: []Block{Paragraph{Text: words(link("The rules used this month", "rules.html"))}}})
	if len(b.figures) > 0 {
		p.Sections = append(p.Sections, Section{ID: "figures", Kicker: "Figures", Title: words("Every figure has an id that leads to its formula and rows"), Blocks: []Block{Paragraph{Text: words(link("The list of figures", figurePath(0)))}}})
	}
	return p
}

// example is the arithmetic of the costliest system's likely outage.
func (b *builder) example() []Section {
	for i := range b.Ranking.Systems {
		s := &b.Ranking.Systems[i]
		if !s.Exposure.Known || len(s.Down) == 0 {
			continue
		}
		t := Table{Caption: "Worked example", Columns: []Column{{Title: "Step", Share: .62}, {Title: "Figure", Num: true, Share: .38}}}
		add := func(step string, figure Text) {
			t.Rows = append(t.Rows, TableRow{Cells: []Text{words(step), figure}})
		}
		add("Hours to bring back "+evidence.And(elementNames(s))+", detection included (likely)", words(hoursWords(s.Hours[rank.Likely])))
		for _, c := range s.Causes {
			add(fmt.Sprintf("%s: probability within %s (likely)", c.Name, evidence.Of(s.Exposure.Days, "day", "days")), words(percent(c.P[rank.Likely])))
			add(c.Name+": loss of one event (likely)", words(evidence.Money(whole(c.Loss[rank.Likely]), b.Set.Currency)))
		}
		add("Exposure: costliest cause first, each loss x P x the chance that nothing costlier happened", b.amount(s.Exposure.Likely, s.Exposure, "likely value of "+s.ID+", "+fmt.Sprint(s.Exposure.Days)+" days: "+exposureFormula))
		return []Section{{ID: "example", Kicker: "Example", Title: words("How the likely exposure of ", b.system(s.ID), " comes to ", b.amount(s.Exposure.Likely, s.Exposure, "likely value of "+s.ID+", "+fmt.Sprint(s.Exposure.Days)+" days: "+exposureFormula)), Blocks: []Block{t}}}
	}
	return nil
}

func (b *builder) assumptions() Block {
	if len(b.Ranking.Assumptions) == 0 {
		return Paragraph{Text: words("None: every time and rate was measured.")}
	}
	t := Table{Caption: "Figures of judgement", Columns: []Column{{Title: "What", Share: .4}, {Title: "Value", Share: .3}, {Title: "From", Share: .3}}}
	for _, a := range b.Ranking.Assumptions {
		t.Rows = append(t.Rows, TableRow{Cells: []Text{b.assumption(a.Name), words(a.Value), words(a.From)}})
	}
	return t
}

// assumption names a figure of judgement: by what it limits where it is a limit.
func (b *builder) assumption(of string) Text {
	if l := b.Policy.Limit(of); l.Means != "" {
		return words(upper(l.Means), " ", Text{small(of)})
	}
	return words(upper(of))
}

// verify is the page that says how to check this copy, and that it cannot
// prove itself.
func (b *builder) verify() *Page {
	folder := b.Month
	title := words("This page cannot prove itself: check the files with a program you trust")
	signer := words("The packet is an unsigned draft: only the hashes can be checked.")
	if !b.Draft {
		signer = words("Signed by ", strong(b.Signer.Name), ", key ", code(b.Signer.Fingerprint), ". Compare the fingerprint with the one you were given by voice or on paper, not with this page.")
	}
	under := ", under its signature"
	if b.Draft {
		under = ""
	}
	commands := func(list ...string) Block {
		var items []Text
		for _, c := range list {
			items = append(items, words(code(c)))
		}
		return List{Items: items}
	}
	p := &Page{Path: "verify.html", Nav: "Verify", Basis: true, Kicker: "Verify", Title: title, Lede: signer}
	p.Sections = []Section{
		{ID: "tool", Kicker: "With proofpack", Title: words("One command checks the folder, the archive or the packet alone"), Blocks: []Block{commands("proofpack verify "+folder, "proofpack verify "+folder+"/packet.pdf", "proofpack verify "+b.Archive, "proofpack verify "+b.Archive+" --rebuild"),
			Paragraph{Text: words("With ", code("--rebuild"), " the report is made again from the exports in the archive, and every file compared.")},
			Paragraph{Text: words("The figures as data, ", code("report.json"), ", also lie inside the packet", under, ": ", code("pdfdetach -saveall packet.pdf"), " takes them out.")},
		}},
		{ID: "linux", Kicker: "Without proofpack", Title: words("Linux and macOS: hashes, then the signature over the list of hashes"), Blocks: []Block{
			commands("cd "+folder+" && sha256sum -c seal/manifest-sha256.txt", "pdfsig packet.pdf"),
			Paragraph{Text: words("The exact command for ", code("openssl cms -verify"), ", with the time of signing filled in, stands in ", code("seal/verify.txt"), ".")},
		}},
		{ID: "windows", Kicker: "Without proofpack", Title: words("Windows: compare a file's hash with its line in the list"), Blocks: []Block{commands("Get-FileHash packet.pdf -Algorithm SHA256", "certutil -hashfile packet.pdf SHA256")}},
		{ID: "limits", Kicker: "Limits", Title: words("What a signature shows, and what it cannot"), Blocks: []Block{List{Items: []Text{
			words("It shows that these files are the ones that were signed with this key."),
			words("It cannot show that an export held everything: that is attested by whoever made it, and said beside each source."),
			words("Whoever holds the key can sign another version: note the build id ", code(b.BuildID), " in the minutes of the meeting that read this packet."),
		}}}},
	}
	if b.Draft {
		p.Sections[1].Title = words("Linux and macOS: hashes of an unsigned draft")
		p.Sections[1].Blocks = []Block{commands("cd " + folder + " && sha256sum -c seal/manifest-sha256.txt")}
	}
	return p
}

// glossary are the words that the packet explains.
var glossary = []Term{
	{"As-of", "The last instant that counts. Ages and deadlines are counted to it; later rows are set aside."},
	{"Check", "A question asked of each system, service, task or change."},
	{"Contradiction", "Two rows about one system that cannot both be good news."},
	{"Driver", "The system whose failure costs a service most."},
	{"Exception", "A departure from policy that says why, who approved it, and until when."},
	{"Exposure", "The expected cost, within the horizon, of the costliest thing that happens. Exposures share causes and are never added up."},
	{"Finding", "One check's answer about one subject, with its state and rows."},
	{"High bound", "The worst that the evidence does not exclude. A missing proof never lowers it."},
	{"Likely, low", "The most likely value, and the value if everything goes well."},
	{"Proof", "The record behind a proven finding: at least one row of an export."},
	{"Restore test", "An attempt to bring a system back from backup, measured from start to usable."},
	{"RPO", "Recovery point objective: how much data, in hours, may be lost."},
	{"RTO", "Recovery time objective: the target, in hours, for a service to be usable again."},
	{"Seal", "The list of hashes and the signature over it."},
	{"Single point of failure", "A system that stops a service by failing alone."},
	{"Source", "One export file, identified by its SHA-256 hash: a fingerprint of every byte."},
}
