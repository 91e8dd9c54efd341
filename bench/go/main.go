// Hamba's Avro on the cases of the benchmark, with structs as its documentation has them.
//
// Arguments: the cases, the rounds. Prints a line of JSON for each row.
package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"strconv"

	"github.com/hamba/avro/v2"
	"github.com/hamba/avro/v2/ocf"
)

type cases struct {
	Records []record
	Files   []file
}

type record struct {
	Record, Schema, Datum string
}

type file struct {
	Record, Schema, Type, Datum, File string
	Objects                           int
}

// plain writes arrays without the size of their blocks, as the other peers do.
var plain = avro.Config{DisableBlockSizeHeader: true}.Freeze()

func main() {
	text, err := os.ReadFile(os.Args[1])
	check(err)
	rounds, err := strconv.Atoi(os.Args[2])
	check(err)
	var cases cases
	check(json.Unmarshal(text, &cases))
	measure := newMeasure(rounds)
	for _, it := range cases.Records {
		switch it.Record {
		case "Superhero":
			codec[Superhero](measure, it)
		case "big":
			codec[UserInfo](measure, it)
		case "numeric":
			codec[Reading](measure, it)
		}
	}
	for _, it := range cases.Files {
		switch it.Type {
		case "bench.Superhero":
			container[Superhero](measure, it)
		case "bench.UserInfo":
			container[UserInfo](measure, it)
		case "bench.Reading":
			container[Reading](measure, it)
		}
	}
}

func codec[T any](measure measure, it record) {
	schema := avro.MustParse(it.Schema)
	datum := unhex(it.Datum)
	value := new(T)
	check(plain.Unmarshal(schema, datum, value))
	encoded, err := plain.Marshal(schema, value)
	check(err)
	same(datum, encoded)

	writer := avro.NewWriter(io.Discard, 4096, avro.WithWriterConfig(plain))
	measure.row(it.Record, "encode, buffer reused", "Go, hamba", func() {
		writer.WriteVal(schema, value)
		check(writer.Flush())
	})
	measure.row(it.Record, "decode, owned", "Go, hamba", func() {
		sink = new(T)
		check(plain.Unmarshal(schema, datum, sink))
	})
	measure.row(it.Record, "decode, reused", "Go, hamba", func() {
		check(plain.Unmarshal(schema, datum, value))
	})
	encoded, err = plain.Marshal(schema, value)
	check(err)
	same(datum, encoded)
}

func container[T any](measure measure, it file) {
	schema := avro.MustParse(it.Schema)
	datum, content := unhex(it.Datum), unhex(it.File)
	value := new(T)
	check(plain.Unmarshal(schema, datum, value))
	var out bytes.Buffer
	write := func() {
		out.Reset()
		encoder, err := ocf.NewEncoderWithSchema(schema, &out, ocf.WithBlockSize(64_000),
			ocf.WithBlockLength(1<<20), ocf.WithEncodingConfig(plain), ocf.WithSyncBlock([16]byte([]byte("0123456789abcdef"))))
		check(err)
		for range it.Objects {
			check(encoder.Encode(value))
		}
		check(encoder.Close())
	}
	read := func(content []byte, each func(*T)) {
		decoder, err := ocf.NewDecoder(bytes.NewReader(content))
		check(err)
		count := 0
		for decoder.HasNext() {
			read := new(T)
			check(decoder.Decode(read))
			each(read)
			count++
		}
		check(decoder.Error())
		if count != it.Objects {
			log.Fatalf("%d objects instead of %d", count, it.Objects)
		}
	}
	write()
	for _, content := range [][]byte{content, out.Bytes()} {
		read(content, func(value *T) {
			encoded, err := plain.Marshal(schema, value)
			check(err)
			same(datum, encoded)
		})
	}
	measure.row(it.Record, "null file, write", "Go, hamba", write)
	measure.row(it.Record, "null file, read", "Go, hamba", func() {
		read(content, func(value *T) { sink = value })
	})
}

func same(expected, found []byte) {
	if !bytes.Equal(expected, found) {
		log.Fatalf("other bytes: %x", found)
	}
}

func unhex(text string) []byte {
	content, err := hex.DecodeString(text)
	check(err)
	return content
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func line(record, row, name string, least, median float64) {
	fmt.Printf(
		"{\"record\":%q,\"row\":%q,\"unit\":\"ns\",\"entries\":[{\"name\":%q,\"min\":%.2f,\"median\":%.2f}]}\n",
		record, row, name, least, median)
}
