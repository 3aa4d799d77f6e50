package generator

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"proofpack/generator/config"
	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/intake"
	"proofpack/generator/publish"
)

// minPseudonymKey is how long a key of pseudonyms must be, in bytes: 128 bits,
// so that nobody finds it by trying names.
const minPseudonymKey = 16

// publishPolicy is what of the exports readers see, once secrets were looked
// for in it. Without a key, pseudonyms are not made.
func (in *input) publishPolicy(key []byte) (*publish.Policy, []*diag.Problem) {
	p := publish.New(publish.Options{Set: in.set, Rules: in.config.Publish, Waivers: in.config.Waivers, Key: key})
	problems := p.Search(in.set)
	for name, text := range in.prose {
		problems = append(problems, p.SearchText(path.Join(in.exports, name), text)...)
	}
	return p, problems
}

// pseudonymKey asks for the key where a rule needs one.
func (o *Options) pseudonymKey(c *config.Config) ([]byte, error) {
	if !publish.NeedsKey(c.Publish) {
		return nil, nil
	}
	at := diag.Pos{File: c.File}
	for _, r := range c.Publish {
		if r.Treatment == config.Pseudonym {
			at.Row = r.Line
			break
		}
	}
	none := &Refused{Month: o.Month, Problems: []*diag.Problem{diag.At(at, "no-pseudonym-key", "a column is to be published by pseudonym, and there is no key to make them with.",
		"build with the command line, which keeps the key in keys/pseudonym.key, or write mask or drop")}}
	if o.PseudonymKey == nil {
		return nil, none
	}
	key, err := o.PseudonymKey()
	if err != nil {
		return nil, err
	}
	if len(key) < minPseudonymKey {
		return nil, none
	}
	return key, nil
}

// unknownRules are publish rules of columns that no data set and no export has:
// a column that was to be hidden must never be shown for a misspelt name.
func unknownRules(c *config.Config, set *evidence.Set) []*diag.Problem {
	var problems []*diag.Problem
	for _, rule := range c.Publish {
		var known []string
		for _, d := range intake.DataSets() {
			if d.Name == rule.DataSet {
				for _, column := range d.Columns {
					known = append(known, column.Name)
				}
			}
		}
		for i := range set.Inputs {
			if set.Inputs[i].DataSet == rule.DataSet {
				known = append(known, set.Inputs[i].Header...)
			}
		}
		if slices.ContainsFunc(known, func(k string) bool { return strings.EqualFold(k, rule.Column) }) {
			continue
		}
		message := fmt.Sprintf("%s has no column %q, so the rule hides nothing.", rule.DataSet, rule.Column)
		fix := "write the name of one of our columns, or a heading of the export"
		if near := diag.Nearest(rule.Column, known); near != "" {
			fix = fmt.Sprintf("did you mean %q?", near)
		}
		problems = append(problems, diag.At(diag.Pos{File: c.File, Row: rule.Line}, "unknown-column", message, fix))
	}
	return problems
}
