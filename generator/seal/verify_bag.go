package seal

import (
	"crypto/x509"
	"slices"
	"strings"

	"proofpack/generator/sign"
)

// bag checks an archive. top is the name of its folder in the zip, which must
// be the archive's own; "" where somebody unpacked it and may call it anything.
func (v *inspection) bag(t *tree, top string) {
	tagText, tags := v.list(t, "", bagTagList)
	_, payload := v.list(t, "", bagList)
	if tags != nil && !slices.EqualFunc(tags, tagFiles(), func(e Entry, name string) bool { return e.Path == name }) {
		v.fail(sign.Container, bagTagList, "it does not list the five files that describe an archive")
	}
	for _, e := range payload {
		if !strings.HasPrefix(e.Path, "data/") {
			v.fail(sign.Container, bagList, "it lists %s, which is not in data/", e.Path)
		}
	}
	beside := []string{bagTagList, bagList}
	for _, part := range signers() {
		beside = append(beside, signatureFile(part))
	}
	if tags != nil && payload != nil {
		v.compare(t, "", slices.Concat(tags, payload), beside...)
	}

	draft, help := v.help(t, "", tags, bagHelp)
	var signer *x509.Certificate
	if tagText != nil {
		v.Seal = digestOf(tagText)
		signer = v.signedBy(t, "", bagSign, tagText, draft, help)
		v.further(t, tagText)
	}
	v.describes(t, tags, draft, help, top)

	inside := t.under(bagPublished)
	if len(inside.files) == 0 {
		v.fail(sign.Missing, strings.TrimSuffix(bagPublished, "/"), "the published month is not in the archive")
		return
	}
	by := v.published(inside, bagPublished)
	if signer != nil && by != nil && !signer.Equal(by) {
		v.fail(sign.Untrusted, bagPublished+publishedSign, "the published month is signed by another key than the archive")
	}
	v.reconcile(payload, inside)
	v.keep(t, payload)
}

// maxKept bounds a file that is kept, in bytes: the records of a month of a
// very large company have a tenth of it.
const maxKept = 256 << 20

// keep reads the files that were asked for and are as they were listed.
func (v *inspection) keep(t *tree, payload Manifest) {
	for _, name := range v.Keep {
		if !t.has(name) || !payload.has(name) {
			continue
		}
		data, err := t.read(name, maxKept)
		if err != nil || digestOf(data) != payload.sha256(name) {
			continue // compare has noted it
		}
		if v.Kept == nil {
			v.Kept = map[string][]byte{}
		}
		v.Kept[name] = data
	}
}

// further checks the signatures of those who reviewed and accepted the packet.
// They are other people than the one who is trusted to prepare it, so each is
// reported with its key instead of being held against that.
func (v *inspection) further(t *tree, tagText []byte) {
	for _, part := range signers()[1:] {
		name := signatureFile(part)
		if !t.has(name) {
			continue
		}
		der, err := t.read(name, maxHelp)
		if err != nil {
			v.fail(sign.Container, name, "it cannot be read: %v", err)
			continue
		}
		sig, err := sign.VerifyDetached(der, tagText, nil, v.At)
		v.signature(part, name, sig, err)
	}
}

// describes reads the files that say what the archive is, where they are
// unchanged, and holds them against each other.
func (v *inspection) describes(t *tree, tags Manifest, draft bool, help *instructions, top string) {
	unchanged := func(name string, most int64) []byte {
		if !t.has(name) {
			return nil
		}
		text, err := t.read(name, most)
		if err != nil || digestOf(text) != tags.sha256(name) {
			return nil // entry has noted it
		}
		return text
	}
	if text := unchanged(bagDeclaration, maxHelp); text != nil && string(text) != bagText {
		v.fail(sign.Container, bagDeclaration, "it declares another form of archive")
	}
	text := unchanged(bagRecord, maxManifest)
	if text == nil {
		return
	}
	record, err := parseRecord(text)
	if err != nil {
		v.fail(sign.Container, bagRecord, "%v", err)
		return
	}
	v.Record = record
	if help == nil {
		return
	}
	if record.Draft != draft || oneLine(record.Org) != help.company || record.AsOf != help.asOf {
		v.fail(sign.Container, bagRecord, "it and %s describe different packets", bagHelp)
	}
	if name := bagName(record.Org, help.packet); top != "" && top != name {
		v.fail(sign.Container, "", "the folder in the zip is %s; the archive is %s", top, name)
	}
}

// reconcile holds seal.json against the files that it speaks of.
func (v *inspection) reconcile(payload Manifest, inside *tree) {
	if v.Record == nil || payload == nil {
		return
	}
	listed := map[string]string{}
	published := 0
	for _, e := range payload {
		listed[e.Path] = e.SHA256
		if strings.HasPrefix(e.Path, bagPublished) && !strings.HasPrefix(e.Path, bagPublished+sealDir+"/") {
			published++
		}
	}
	for _, s := range v.Record.Sources {
		digest, there := listed[bagSources+s.Path]
		if there != s.Archived || there && digest != s.SHA256 {
			v.fail(sign.Container, bagRecord, "source %s: the archive does not hold the file that the record names", s.Logical)
		}
		if s.RowsRead != s.RowsUsed+s.RowsRejected+s.RowsDuplicate+s.RowsSetAside {
			v.fail(sign.Container, bagRecord, "source %s: %d rows read are not %d used, %d rejected, %d duplicate and %d set aside",
				s.Logical, s.RowsRead, s.RowsUsed, s.RowsRejected, s.RowsDuplicate, s.RowsSetAside)
		}
	}
	for _, o := range v.Record.Outputs {
		found, err := inside.sha256(o.Path)
		unchanged := err == nil && found == o.SHA256 // else compare has noted it
		if listed[bagPublished+o.Path] != o.SHA256 || unchanged && inside.files[o.Path] != o.Bytes {
			v.fail(sign.Container, bagRecord, "output %s: the archive does not hold the file that the record names", o.Path)
		}
	}
	if published != len(v.Record.Outputs) {
		v.fail(sign.Container, bagRecord, "it names %d published files, the archive lists %d", len(v.Record.Outputs), published)
	}
}
