package publish

import (
	"fmt"
	"path"
	"strings"

	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/name"
)

// A Waived is a waiver with what it let pass.
type Waived struct {
	config.Waiver
	Kinds []string // kinds of secrets masked; none: nothing was found there
}

// Waivers are the waivers of the configuration with what they let pass.
func (p *Policy) Waivers() []Waived {
	if p == nil {
		return nil
	}
	return p.waivers
}

// Search looks for secrets in everything of a set that would be published, and
// answers a problem for each: where it stands and of which kind it is, never
// the secret. What is waived is masked.
func (p *Policy) Search(set *evidence.Set) []*diag.Problem {
	var problems []*diag.Problem
	for i := range set.Inputs {
		in := &set.Inputs[i]
		for at, c := range p.columns(in) {
			if c.unclaimed {
				continue
			}
			whole := headsSecrets(c.heading)
			for _, r := range in.Rows {
				if at >= len(r.Cells) {
					continue
				}
				cell := r.Cells[at]
				kind := kindIn(cell)
				if kind == "" && whole && isPassword(strings.TrimSpace(cell)) && !ordinary(folded(cell)) {
					kind = "a password"
					p.withhold(cell, cell)
				}
				if kind == "" {
					continue
				}
				// Of a column that is hidden, a sentence may still quote a part.
				p.secrets = true
				for _, h := range secretsIn(cell) {
					p.withhold(cell, cell[h.from:h.to])
				}
				if c.treatment == config.Show {
					problems = p.report(problems, diag.Pos{File: in.File, Sheet: in.Sheet, Row: r.N, Column: at + 1, Heading: c.heading}, kind,
						fmt.Sprintf("or leave the column out: `publish: {%s: {%s: drop}}`", strings.ReplaceAll(in.DataSet, " ", "-"), c.called()))
				}
			}
		}
		for _, l := range in.Outside {
			problems = p.searchLine(problems, diag.Pos{File: in.File, Sheet: in.Sheet, Row: l.N}, l.Text)
		}
		for _, said := range []string{in.System, in.Report, in.By, in.Filters} {
			problems = p.searchLine(problems, diag.Pos{File: in.File + ".intake.yml"}, said)
		}
	}
	return problems
}

// SearchText is Search over the lines of a text that people write.
func (p *Policy) SearchText(file, text string) []*diag.Problem {
	var problems []*diag.Problem
	for i, line := range strings.Split(text, "\n") {
		problems = p.searchLine(problems, diag.Pos{File: file, Row: i + 1}, line)
	}
	return problems
}

func (p *Policy) searchLine(problems []*diag.Problem, at diag.Pos, line string) []*diag.Problem {
	kind := kindIn(line)
	if kind == "" {
		return problems
	}
	p.secrets = true
	return p.report(problems, at, kind, "")
}

// kindIn is the kind of the first secret of a text; "" when there is none.
func kindIn(text string) string {
	if all := secretsIn(text); len(all) > 0 {
		return all[0].kind
	}
	return ""
}

// report adds a problem, unless somebody waived the row.
func (p *Policy) report(problems []*diag.Problem, at diag.Pos, kind, otherwise string) []*diag.Problem {
	for i := range p.waivers {
		if w := &p.waivers[i]; w.Row == at.Row && (w.File == at.File || w.File == path.Base(at.File)) {
			w.Kinds = append(w.Kinds, kind)
			return problems
		}
	}
	fix := "take it out of the export, and change it where it is used; "
	if otherwise != "" {
		fix += otherwise + "; "
	}
	fix += fmt.Sprintf("or, if it is harmless: `secrets: {waive: [{file: %s, row: %d, why: ..., by: ...}]}`", path.Base(at.File), at.Row)
	return append(problems, diag.At(at, "secret", "What looks like "+kind+" stands here, and it would be published. Nothing was built.", fix))
}

// withhold hides a secret where nothing beside it gives it away: the cell of a
// column that holds secrets, the name of a file that was made of the cell.
func (p *Policy) withhold(cell, secret string) {
	if secret = trimmed(folded(secret)); !ordinary(secret) {
		p.values.add(secret, secretMark)
		for _, length := range slugLengths {
			p.files.add(name.Slug(secret, length), name.Slug(secretMark, length))
		}
	}
	for _, length := range slugLengths { // cut off within the secret
		p.files.add(name.Slug(cell, length), name.Slug(secretMark, length))
	}
	p.values.order()
	p.files.order()
}

// called is what a rule calls the column.
func (c *column) called() string {
	if len(c.names) > 0 {
		return c.names[0]
	}
	return c.heading
}
