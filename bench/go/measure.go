package main

import (
	"slices"
	"time"

	"golang.org/x/sys/unix"
)

// sink keeps what was made, so that it has to be made.
var sink any

const slice = 10 * time.Millisecond

// measure takes the process's own time on a processor: to collect garbage is part of the price, as
// to free memory is elsewhere.
type measure struct {
	rounds int
}

func newMeasure(rounds int) measure {
	return measure{rounds}
}

// row warms up, measures and prints.
func (it measure) row(record, row, name string, code func()) {
	iterations := 1
	for round := 0; round < it.rounds; round++ {
		for timed(code, iterations) < slice {
			iterations *= 2
		}
	}
	nanos := make([]float64, it.rounds)
	for round := range nanos {
		nanos[round] = float64(timed(code, iterations)) / float64(iterations)
	}
	slices.Sort(nanos)
	line(record, row, name, nanos[0], nanos[len(nanos)/2])
}

func timed(code func(), iterations int) time.Duration {
	start := processorTime()
	for range iterations {
		code()
	}
	return processorTime() - start
}

func processorTime() time.Duration {
	var now unix.Timespec
	check(unix.ClockGettime(unix.CLOCK_PROCESS_CPUTIME_ID, &now))
	return time.Duration(now.Nano())
}
