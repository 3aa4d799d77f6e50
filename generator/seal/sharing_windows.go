package seal

import (
	"errors"
	"syscall"
)

// Errors of Windows for a file that somebody has open.
const (
	sharingViolation = syscall.Errno(32)
	lockViolation    = syscall.Errno(33)
)

// inUse says whether an operation failed because somebody has a file open. A
// folder with an open file in it answers with "access denied".
func inUse(err error) bool {
	return errors.Is(err, sharingViolation) || errors.Is(err, lockViolation) || errors.Is(err, syscall.ERROR_ACCESS_DENIED)
}

const (
	queryLimitedInformation = 0x1000 // PROCESS_QUERY_LIMITED_INFORMATION
	stillActive             = 259    // STILL_ACTIVE
)

// ProcessAlive says whether a process of this computer is running. In doubt it is.
func ProcessAlive(pid int) bool {
	h, err := syscall.OpenProcess(queryLimitedInformation, false, uint32(pid))
	if err != nil {
		return errors.Is(err, syscall.ERROR_ACCESS_DENIED)
	}
	var code uint32
	err = syscall.GetExitCodeProcess(h, &code)
	return errors.Join(err, syscall.CloseHandle(h)) != nil || code == stillActive
}
