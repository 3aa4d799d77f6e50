package seal

import (
	"os"
	"path/filepath"

	"proofpack/generator/sign"
)

// mostChained bounds how many months a chain is followed back: a hundred years.
const mostChained = 1200

// A Link is what verification found of the month that an archive follows.
type Link struct {
	First  bool     // the archive says that there is no earlier one
	Period string   // month that it follows; "" when it follows none that is known
	File   string   // name of that archive
	There  bool     // that archive lies beside it
	Good   bool     // it lies there, verifies, and has the seal that is followed
	Months int      // months in a row up to this one, itself included, of which every archive lies there
	Since  string   // the first of them: 2025-11
	Gaps   []string // months before this one that the archive says are missing
}

// chain holds an archive against the one that it follows, where that lies
// beside it. One that is somewhere else is said, and is no failure.
func (v *inspection) chain(path string) {
	dir := filepath.Dir(filepath.Clean(path))
	r := v.Record
	if r == nil || len(r.Period.From) < len("2006-01") {
		return
	}
	month := r.Period.From[:len("2006-01")]
	v.Chain = &Link{First: r.First, Gaps: r.Gaps, Months: 1, Since: month}
	if r.Previous == nil {
		return
	}
	v.Chain.Period, v.Chain.File = r.Previous.Period, r.Previous.File
	beside := filepath.Join(dir, filepath.Base(r.Previous.File))
	if info, err := os.Stat(beside); err != nil || !info.Mode().IsRegular() {
		return
	}
	v.Chain.There = true
	before, err := Verify(beside, VerifyOptions{Alone: true})
	switch {
	case err != nil:
		v.fail(sign.Chain, r.Previous.File, "the archive it follows cannot be opened: %v", err)
	case before.Seal != r.Previous.SealSHA256:
		v.add(&sign.Failure{Reason: sign.Chain, Path: r.Previous.File, Message: "it is not the archive that this month follows", Expected: r.Previous.SealSHA256, Found: before.Seal})
	case len(before.Failures) > 0:
		v.fail(sign.Chain, r.Previous.File, "the archive it follows does not verify: %s", before.Failures[0].Error())
	default:
		v.Chain.Good = true
		v.unbroken(dir, before.Record)
	}
}

// unbroken counts back for as long as each archive lies there, has the seal
// that the next one names, and left no month out. The seal pins every file, so
// the older ones are not read as a whole.
func (v *inspection) unbroken(dir string, r *Record) {
	if len(v.Chain.Gaps) > 0 {
		return
	}
	for r != nil && len(r.Period.From) >= len("2006-01") && v.Chain.Months < mostChained {
		v.Chain.Months++
		v.Chain.Since = r.Period.From[:len("2006-01")]
		if r.Previous == nil || len(r.Gaps) > 0 {
			return
		}
		r = behind(filepath.Join(dir, filepath.Base(r.Previous.File)), r.Previous.SealSHA256)
	}
}

// behind is seal.json of the archive that has a seal; nil when it has not.
func behind(path, seal string) *Record {
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }() // only read
	info, err := f.Stat()
	if err != nil {
		return nil
	}
	t, _, err := zipTree(f, info.Size())
	if err != nil {
		return nil
	}
	tags, err := t.read(bagTagList, maxManifest)
	if err != nil || digestOf(tags) != seal {
		return nil
	}
	list, err := ParseManifest(tags)
	if err != nil {
		return nil
	}
	text, err := t.read(bagRecord, maxManifest)
	if err != nil || digestOf(text) != list.sha256(bagRecord) {
		return nil
	}
	r, err := parseRecord(text)
	if err != nil {
		return nil
	}
	return r
}
