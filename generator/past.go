package generator

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
	"proofpack/generator/history"
	"proofpack/generator/publish"
	"proofpack/generator/seal"
	"proofpack/generator/sign"
)

// recordsPath is where an archive keeps what its month leaves for later ones.
const recordsPath = "data/records/" + history.RecordsFile

// past reads the records of earlier months, and gives the set those that checks
// compare with.
func (o *Options) past(in *input, policy *publish.Policy) (*history.Past, error) {
	p := &history.Past{}
	var err error
	if o.History != nil {
		p.Chain, p.Months, err = history.ReadKept(history.HistoryFile, o.History)
	} else {
		p.Chain, p.Months, err = o.earlier(in)
	}
	if err != nil {
		return nil, err
	}
	for i := range p.Months {
		if p.Months[i].Publish != policy.Naming() {
			p.Months[i] = history.Nameless(p.Months[i])
		}
		in.set.Earlier = append(in.set.Earlier, history.Recognise(p.Months[i], in.set, policy))
	}
	return p, nil
}

// archiveDir is the folder of the archives.
func (o *Options) archiveDir() string {
	if o.Archive != "" {
		return o.Archive
	}
	return filepath.Join(o.Out, "archive")
}

// earlier reads the archives of earlier months, verified: the newest revision of
// each. What can't be used is named, and nothing older takes its place.
func (o *Options) earlier(in *input) (chain history.Chain, months []evidence.Month, err error) {
	archives, err := seal.Archives(o.archiveDir(), in.config.Company)
	if err != nil {
		return chain, nil, err
	}
	chosen := o.chosen(archives)
	chain.First = len(chosen) == 0
	for _, a := range chosen {
		m, link, why, err := o.archived(in, a)
		if err != nil {
			return chain, nil, err
		}
		if link == nil {
			chain.Unused = append(chain.Unused, history.Unused{Month: a.Month, Archive: a.File, Why: why})
			continue
		}
		chain.Previous = &link.Link
		if link.note != "" {
			chain.Notes = append(chain.Notes, link.note)
		}
		if m != nil {
			months = append(months, *m)
		}
	}
	switch {
	case chain.Previous != nil:
		chain.Gaps = history.Between(chain.Previous.Month, o.Month)
		if chain.Previous.Draft {
			chain.Notes = append(chain.Notes, "This draft follows a draft: nobody signed the packet of "+evidence.MonthName(chain.Previous.Month)+".")
		}
	case len(chain.Unused) > 0:
		first := chain.Unused[0].Month
		chain.Gaps = append([]string{first}, history.Between(first, o.Month)...)
	}
	return chain, months, nil
}

// chosen are the archives to be read, oldest first: of each earlier month the
// newest revision. Only a draft follows drafts, where nothing signed is there.
func (o *Options) chosen(archives []seal.Archived) []seal.Archived {
	var all []seal.Archived
	for _, a := range archives {
		if a.Month >= o.Month || a.Draft && o.Key != nil {
			continue
		}
		last := len(all) - 1
		switch {
		case last < 0 || all[last].Month != a.Month:
			all = append(all, a)
		case !a.Draft:
			all[last] = a
		}
	}
	return all[max(0, len(all)-history.MostMonths):]
}

// A follow is an archive that can be followed.
type follow struct {
	history.Link
	note string // what a reader must know of it, a sentence; "" nothing
}

// archived verifies one archive. Without a follow it is not used, and why says the
// reason; without a month it holds nothing to compare with.
func (o *Options) archived(in *input, a seal.Archived) (*evidence.Month, *follow, string, error) {
	v, err := seal.Verify(filepath.Join(o.archiveDir(), a.File), seal.VerifyOptions{Keep: []string{recordsPath}, Alone: true})
	switch {
	case err != nil:
		return nil, nil, "it cannot be opened", nil //nolint:nilerr // said to the reader, and no reason not to build
	case len(v.Failures) > 0:
		return nil, nil, "it does not verify (" + v.Failures[0].Error() + ")", nil
	case v.Record == nil || v.Record.Org != in.config.Company || v.Packet != a.Packet:
		return nil, nil, "it is not the archive that its name says", nil
	case v.Draft && o.Key != nil:
		return nil, nil, "nobody signed it", nil
	}
	f := &follow{Link: history.Link{Month: a.Month, Archive: a.File, Seal: v.Seal, Draft: v.Draft}, note: o.otherSigner(a, v)}
	name := evidence.MonthName(a.Month)
	data, has := v.Kept[recordsPath]
	if !has {
		f.note = "The archive of " + name + " was made by a version of the program that kept no records, so nothing is compared with it."
		return nil, f, "", nil
	}
	m, err := history.Read(a.File, data)
	var p *diag.Problem
	switch {
	case errors.As(err, &p):
		f.note = "The archive of " + name + " holds records in a form that this version does not read, so nothing is compared with it."
		return nil, f, "", nil
	case err != nil:
		return nil, nil, "", err
	case m.Name != a.Month:
		return nil, nil, "its records are of " + evidence.MonthName(m.Name), nil
	case !m.AsOf.Before(in.set.AsOf):
		return nil, nil, "it reports to " + evidence.Day(m.AsOf) + ", which is not before this month's end", nil
	}
	m.Archive, m.Seal, m.Draft = a.File, v.Seal, v.Draft
	return m, f, "", nil
}

// otherSigner says that an archive is signed with another key than this month.
func (o *Options) otherSigner(a seal.Archived, v *seal.Verification) string {
	if o.Key == nil {
		return ""
	}
	for _, s := range v.Signatures {
		if s.Part == "prepared" && !s.Signer.Equal(o.Key.Certificate) {
			return fmt.Sprintf("The archive of %s is signed by %s, key %s; this month by another key.", evidence.MonthName(a.Month), s.Name(), sign.Fingerprint(s.Signer))
		}
	}
	return ""
}

// follows puts the chain into the seal of the month.
func follows(r *seal.Record, chain history.Chain) {
	r.First, r.Gaps = chain.First, slices.Clone(chain.Gaps)
	if p := chain.Previous; p != nil {
		r.Previous = &seal.Previous{Period: p.Month, SealSHA256: p.Seal, File: p.Archive}
	}
}
