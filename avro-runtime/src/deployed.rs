//! Deployed versions of a schema that were compiled in.

use crate::{AvroSchema, ResolveError, Resolver};

/// A version of a schema that was deployed, and that `compiled-versions` in avro.toml selects: its
/// data are read without asking a registry for the schema.
///
/// ```
/// # use avro_runtime::{AvroSchema, DeployedVersion, ResolveError, Resolver};
/// # fn f<Order: AvroSchema>() -> Option<Result<Resolver<Order>, ResolveError>> {
/// let second = DeployedVersion::of::<Order>(2)?;
/// let resolver = second.resolver::<Order>();
/// # Some(resolver) }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeployedVersion {
    /// The schema's fullname then: another than today's if the type was renamed.
    pub fullname: &'static str,
    /// The version's number in `avro-history`, from 1; not that of a registry.
    pub number: u32,
    /// The schema as JSON, self-contained.
    pub schema: &'static str,
    /// The CRC-64-AVRO fingerprint of its canonical form, as a number.
    pub rabin: u64,
    /// What [`AvroSchema::IDENTITY`] is of it.
    pub identity: [u8; 32],
}

impl DeployedVersion {
    /// For generated code.
    #[must_use]
    pub const fn new(
        fullname: &'static str,
        number: u32,
        schema: &'static str,
        rabin: u64,
        identity: [u8; 32],
    ) -> Self {
        Self {
            fullname,
            number,
            schema,
            rabin,
            identity,
        }
    }

    /// The version of `T` with this number, if it is compiled in.
    #[must_use]
    pub fn of<T: AvroSchema>(number: u32) -> Option<&'static Self> {
        let mut versions = T::DEPLOYED.iter();
        versions.find(|version| version.number == number && version.fullname == T::FULLNAME)
    }

    /// What reads data of this version as `T`.
    ///
    /// # Errors
    /// A version that `T` cannot read. Of those in [`AvroSchema::DEPLOYED`] the compiler takes none.
    pub fn resolver<T: AvroSchema>(&self) -> Result<Resolver<T>, ResolveError> {
        match self.identity == T::IDENTITY {
            true => Ok(Resolver::same()),
            false => Resolver::new(self.schema),
        }
    }
}
