package packet

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// attach adds the attachments as files associated with the whole document (ISO
// 19005-3, 6.8): the data that the pages were written from. It returns the
// entries of the catalog that name them.
func (f *finisher) attach() string {
	if len(f.attached) == 0 {
		return ""
	}
	sorted := slices.SortedFunc(slices.Values(f.attached), func(a, b Attachment) int { return cmp.Compare(a.Name, b.Name) }) // as a name tree must be
	var names, associated []string
	for _, a := range sorted {
		stream := f.stream(fmt.Sprintf("/Type/EmbeddedFile/Subtype/%s/Params<</Size %d/ModDate %s>>",
			strings.ReplaceAll(a.Media, "/", "#2F"), len(a.Data), f.moment().Format("(D:20060102150405Z)")), a.Data, true)
		spec := f.objects.add(fmt.Sprintf("<</Type/Filespec/F %s/UF %s/Desc %s/AFRelationship/Data/EF<</F %s/UF %s>>>>",
			pdfPlain(a.Name), pdfText(a.Name), pdfText(a.Says), reference(stream), reference(stream)))
		names = append(names, pdfPlain(a.Name)+" "+reference(spec))
		associated = append(associated, reference(spec))
	}
	return "/AF[" + strings.Join(associated, " ") + "]/Names<</EmbeddedFiles<</Names[" + strings.Join(names, " ") + "]>>>>"
}
