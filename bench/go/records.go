package main

// Superhero is the record of hamba's own benchmark.
type Superhero struct {
	ID            int          `avro:"id"`
	AffiliationID int          `avro:"affiliation_id"`
	Name          string       `avro:"name"`
	Life          float32      `avro:"life"`
	Energy        float32      `avro:"energy"`
	Powers        []Superpower `avro:"powers"`
}

// Superpower is one power of a hero.
type Superpower struct {
	ID      int     `avro:"id"`
	Name    string  `avro:"name"`
	Damage  float32 `avro:"damage"`
	Energy  float32 `avro:"energy"`
	Passive bool    `avro:"passive"`
}

// UserInfo is the "big" record of the benchmark of the Rust crate serde_avro_fast.
type UserInfo struct {
	Username string         `avro:"username"`
	Age      int            `avro:"age"`
	Phone    string         `avro:"phone"`
	Housenum string         `avro:"housenum"`
	Address  MailingAddress `avro:"address"`
}

// MailingAddress is where a user lives.
type MailingAddress struct {
	Street    string `avro:"street"`
	City      string `avro:"city"`
	StateProv string `avro:"state_prov"`
	Country   string `avro:"country"`
	Zip       string `avro:"zip"`
}

// Reading has numbers, and an array of them.
type Reading struct {
	Device      int32    `avro:"device"`
	Sequence    int64    `avro:"sequence"`
	At          int64    `avro:"at"`
	Temperature float64  `avro:"temperature"`
	Pressure    float64  `avro:"pressure"`
	Voltage     float32  `avro:"voltage"`
	Valid       bool     `avro:"valid"`
	Humidity    *float64 `avro:"humidity"`
	Error       *int32   `avro:"error"`
	Unit        string   `avro:"unit"`
	Histogram   []int64  `avro:"histogram"`
}
