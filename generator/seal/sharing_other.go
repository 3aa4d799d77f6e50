//go:build !windows

package seal

import (
	"errors"
	"syscall"
)

// inUse says whether an operation failed because somebody has a file open;
// a mounted Windows share says so with EBUSY or ETXTBSY.
func inUse(err error) bool {
	return errors.Is(err, syscall.EBUSY) || errors.Is(err, syscall.ETXTBSY)
}

// ProcessAlive says whether a process of this computer is running. In doubt it is.
func ProcessAlive(pid int) bool {
	return pid > 0 && !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH)
}
