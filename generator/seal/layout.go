package seal

import (
	"fmt"
	"regexp"
	"strconv"

	names "proofpack/generator/name"
)

// Names in a published folder.
const (
	sealDir       = "seal"
	publishedList = "seal/manifest-sha256.txt"
	publishedSign = "seal/prepared.p7s"
	publishedHelp = "seal/verify.txt"
	packetFile    = "packet.pdf"
)

// Names in a bag (RFC 8493).
const (
	bagDeclaration = "bagit.txt"
	bagInfo        = "bag-info.txt"
	bagList        = "manifest-sha256.txt"
	bagTagList     = "tagmanifest-sha256.txt"
	bagRecord      = "seal.json"
	bagHelp        = "verify.txt"
	bagSign        = "signatures/prepared.p7s"
	bagPublished   = "data/published/"
	bagSources     = "data/sources/"
	bagConfig      = "data/config/"
	bagRecords     = "data/records/"
)

// maxBagPath bounds a path inside a bag, in characters: a published path behind
// "data/published/".
const maxBagPath = names.MaxPath + len(bagPublished)

// bagText is the whole of bagit.txt.
const bagText = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

// tagFiles are what the tag manifest of a bag lists, sorted.
func tagFiles() []string { return []string{bagInfo, bagDeclaration, bagList, bagRecord, bagHelp} }

// signers are the signatures a bag may carry, by their part in it: made by
// different people, later ones without breaking the seal.
func signers() []string { return []string{"prepared", "reviewed", "accepted"} }

func signatureFile(part string) string { return "signatures/" + part + ".p7s" }

var (
	monthPattern  = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])$`)
	folderPattern = regexp.MustCompile(`^([0-9]{4}-(?:0[1-9]|1[0-2]))(?:\.r([1-9][0-9]{0,3})|(-draft))?$`)
)

// folderName is the name of a published month: 2026-05, 2026-05.r2 for its
// first correction, 2026-05-draft.
func folderName(month string, revision int, draft bool) string {
	switch {
	case draft:
		return month + "-draft"
	case revision > 1:
		return fmt.Sprintf("%s.r%d", month, revision)
	}
	return month
}

// parseFolder takes the name of a published month apart.
func parseFolder(name string) (month string, revision int, draft, ok bool) {
	m := folderPattern.FindStringSubmatch(name)
	if m == nil {
		return "", 0, false, false
	}
	revision = 1
	if m[2] != "" {
		revision, _ = strconv.Atoi(m[2]) // the pattern allows only numbers
		if revision == 1 {
			return "", 0, false, false // the first revision has no suffix
		}
	}
	return m[1], revision, m[3] != "", true
}

// bagName is the name of the archive of a published month, without .zip.
// maxCompany keeps it within 64 characters.
func bagName(company, folder string) string {
	return "proofpack-" + names.Slug(company, maxCompany) + "-" + folder
}

const maxCompany = 32
