//! JSON, both ways; the writer and the reader know which form.
//!
//! ```text
//! impl ::avro_runtime::json::ToJson for Item {
//!     fn write_json(&self, w) { j::write::<c::Str, _>(&self.sku, w, "{\"sku\":")?; … }
//! }
//! impl ::avro_runtime::json::FromJson for Item {
//!     fn read_json(&mut self, r) { … 0 => j::read::<c::Str, _>(&mut self.sku, r, "sku")?, … }
//! }
//! ```

mod codec;
mod record;
mod union;

use proc_macro2::{Literal as Token, TokenStream};
use quote::{ToTokens, quote};

use self::codec::Codecs;
use super::Cx;
use crate::plan::model::{Enum, Head, Newtype};

pub(super) use record::record;
pub(super) use union::union;

/// The implementations with these bodies. A view is written like what it stands for.
fn json(
    cx: &Cx<'_>,
    head: &Head,
    codecs: &Codecs<'_>,
    write: &TokenStream,
    read: &TokenStream,
) -> TokenStream {
    let (rt, name, recursive) = (&cx.rt, &head.name, head.recursive);
    let (encoded, decoded) = (cx.encoded(quote!(())), cx.decoded());
    let fullname = head
        .schema
        .map(|_| quote!(const NAME: &'static str = <#name as #rt::AvroSchema>::FULLNAME;));
    let fixed = codecs.fixed();
    let to_json = |ty: TokenStream, fixed: Option<TokenStream>| {
        quote! {
            impl #rt::json::ToJson for #ty {
                #fullname
                const RECURSIVE: bool = #recursive;
                #fixed

                fn write_json(&self, w: &mut #rt::json::JsonWriter<'_>) -> #encoded { #write }
            }
        }
    };
    let owned = to_json(name.to_token_stream(), fixed);
    let view = head.view.as_ref();
    let view = view.map(|view| to_json(quote!(#view<'_>), None));
    quote! {
        #owned
        #view

        impl #rt::json::FromJson for #name {
            fn read_json(&mut self, r: &mut #rt::json::JsonReader<'_>) -> #decoded { #read }
        }
    }
}

pub(super) fn enum_(cx: &Cx<'_>, enum_: &Enum) -> TokenStream {
    let rt = &cx.rt;
    let write = quote!(w.symbol(self.as_str()); ::core::result::Result::Ok(()));
    let read = quote!(#rt::json::read_symbol(self, Self::ALL, Self::SYMBOLS, r));
    let codecs = Codecs::new(&enum_.head.name, []);
    json(cx, &enum_.head, &codecs, &write, &read)
}

pub(super) fn newtype(cx: &Cx<'_>, newtype: &Newtype) -> TokenStream {
    let (c, j) = (cx.use_codec(), cx.use_json());
    let codecs = Codecs::new(&newtype.head.name, [&newtype.coded.codec]);
    let codec = codecs.codec(&newtype.coded.codec);
    let write = quote!(#c #j j::write_value::<#codec, _>(&self.0, w));
    let read = quote!(#c #j j::read_value::<#codec, _>(&mut self.0, r));
    json(cx, &newtype.head, &codecs, &write, &read)
}

/// The last of several arms takes whatever is left.
fn pattern(index: usize, last: usize) -> TokenStream {
    if index == last {
        quote!(_)
    } else {
        Token::usize_unsuffixed(index).into_token_stream()
    }
}
