//! Generated types, and the boxes that recursion needs.

use core::marker::PhantomData;

use super::{FieldCodec, FieldDecode};
use crate::resolve::Plan;
use crate::{Decode, DecodeError, Encode, EncodeError, Reader, Writer};

/// A generated type: a record, an enum, a fixed, or the enum of a union.
#[derive(Debug)]
pub struct Named;

/// A box around what `C` codes, where a type holds itself.
#[derive(Debug)]
pub struct Boxed<C>(PhantomData<C>);

impl<T: Encode + for<'de> Decode<'de>> FieldCodec<T> for Named {
    #[inline(always)]
    fn encode(value: &T, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        if !T::RECURSIVE {
            return value.encode(w);
        }
        w.enter()?;
        value.encode(w)?;
        w.leave();
        Ok(())
    }

    #[inline(always)]
    fn encoded_len(value: &T) -> Result<usize, EncodeError> {
        value.encoded_len()
    }

    #[inline(always)]
    fn bound(value: &T) -> usize {
        value.bound()
    }
}

impl<'de, T: Decode<'de>> FieldDecode<'de, T> for Named {
    const MIN_LEN: usize = T::MIN_LEN;

    #[inline(always)]
    fn blank() -> T {
        T::blank()
    }

    #[inline(always)]
    fn decode_into(value: &mut T, r: &mut Reader<'de>) -> Result<(), DecodeError> {
        if !T::RECURSIVE {
            return value.decode_into(r);
        }
        r.enter()?;
        value.decode_into(r)?;
        r.leave();
        Ok(())
    }

    #[inline(always)]
    fn resolve_into(value: &mut T, r: &mut Reader<'de>, p: Plan<'_>) -> Result<(), DecodeError> {
        if !T::RECURSIVE {
            return value.resolve_into(r, p);
        }
        r.enter()?;
        value.resolve_into(r, p)?;
        r.leave();
        Ok(())
    }
}

impl<T, C: FieldCodec<T>> FieldCodec<Box<T>> for Boxed<C> {
    #[inline(always)]
    fn encode(value: &Box<T>, w: &mut Writer<'_>) -> Result<(), EncodeError> {
        C::encode(value, w)
    }

    #[inline(always)]
    fn encoded_len(value: &Box<T>) -> Result<usize, EncodeError> {
        C::encoded_len(value)
    }

    #[inline(always)]
    fn bound(value: &Box<T>) -> usize {
        C::bound(value)
    }
}

impl<'de, T, C: FieldDecode<'de, T>> FieldDecode<'de, Box<T>> for Boxed<C> {
    const MIN_LEN: usize = C::MIN_LEN;

    #[inline(always)]
    fn blank() -> Box<T> {
        Box::new(C::blank())
    }

    #[inline(always)]
    fn decode_into(value: &mut Box<T>, r: &mut Reader<'de>) -> Result<(), DecodeError> {
        r.charge(size_of::<T>())?;
        C::decode_into(value, r)
    }

    #[inline(always)]
    fn resolve_into(
        value: &mut Box<T>,
        r: &mut Reader<'de>,
        p: Plan<'_>,
    ) -> Result<(), DecodeError> {
        r.charge(size_of::<T>())?;
        C::resolve_into(value, r, p)
    }
}
