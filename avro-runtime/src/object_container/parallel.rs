//! Blocks decoded on several threads; their objects in the order of the file.
//!
//! The thread that asks for objects reads the blocks and hands them out, a few ahead of the one
//! whose objects it gives. A thread decodes a block piece by piece and waits where nobody has taken
//! what it has, so that memory is bounded by the blocks handed out, whatever their objects become.

use core::iter::FusedIterator;
use core::num::NonZeroUsize;
use std::collections::VecDeque;
use std::io::Read;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::vec::IntoIter;

use super::blocks::{Blocks, Extent};
use super::budget::{Allowance, Budget, Counted};
use super::codec::Codec;
use super::error::{Error, ErrorKind};
use super::header::Header;
use super::object::Object;
use super::reader::{Reader, ReaderSettings};
use super::recover::Loss;
use super::source::{Memory, Source, Stream};

/// So many objects are handed over at once.
const PIECE: usize = 512;

/// So many pieces of a block may wait.
const WAITING: usize = 4;

/// So many blocks are read ahead for each thread.
const AHEAD: usize = 2;

/// Reads the objects of a file, whose blocks are decoded on several threads, in the file's order.
///
/// As an iterator it ends at the first error, until [`recover`](Self::recover) goes on.
pub struct Parallel<T: Object, S> {
    header: Header,
    blocks: Blocks<S>,
    budget: Budget,
    /// Dropped, it tells the threads to end.
    jobs: Option<Sender<Job<T>>>,
    threads: Vec<JoinHandle<()>>,
    /// In the order of the file.
    ahead: VecDeque<Ahead<T>>,
    most_ahead: usize,
    /// The objects that are being given.
    piece: IntoIter<T>,
    /// No block is left to be read, or the next one cannot be.
    exhausted: bool,
    failure: Option<Failed>,
}

/// What comes next.
enum Ahead<T> {
    /// A block whose objects are arriving.
    Block(Arriving<T>),
    /// A block that is damaged.
    Damaged(Error),
}

/// A block that was handed out.
struct Arriving<T> {
    pieces: Receiver<Piece<T>>,
    extent: Extent,
    /// How many bytes of the file it takes.
    bytes: u64,
    /// How many of its objects have not arrived.
    left: u64,
}

/// What the objects stopped at.
struct Failed {
    error: Error,
    at: FailedAt,
}

enum FailedAt {
    /// Objects of a block, of which so many are lost, of so many bytes.
    Objects {
        lost: u64,
        position: u64,
        bytes: u64,
    },
    /// A block that is damaged.
    Block,
}

/// A block to be decoded.
struct Job<T> {
    block: Vec<u8>,
    extent: Extent,
    allowance: Allowance,
    pieces: SyncSender<Piece<T>>,
}

/// What a thread tells about a block: first that it was opened, then its objects.
enum Piece<T> {
    /// How many bytes of data came, and what was wrong.
    Opened(usize, Result<(), ErrorKind>),
    /// Some objects; what the last of them costs the whole file; what is wrong behind them.
    Objects(Vec<T>, Option<Counted>),
}

/// What a thread needs to decode any block of the file.
struct Decoding<T: Object> {
    decoder: T::Decoder,
    codec: Codec,
}

impl ReaderSettings {
    /// Opens a file whose blocks are decoded on so many threads. What it takes in memory is at most
    /// the blocks that are read ahead, two for each thread, and one block's data for each.
    ///
    /// # Errors
    /// Those of [`open`](Self::open), and a thread that cannot be started.
    pub fn open_parallel<T, R: Read>(
        self,
        file: R,
        threads: NonZeroUsize,
    ) -> Result<Parallel<T, Stream<R>>, Error>
    where
        T: Object<Decoder: Send + Sync> + Send + 'static,
    {
        Parallel::new(self.open(file)?, threads)
    }

    /// The same for a file in memory.
    ///
    /// # Errors
    /// Those of [`open_parallel`](Self::open_parallel).
    pub fn open_bytes_parallel<T, B: AsRef<[u8]>>(
        self,
        file: B,
        threads: NonZeroUsize,
    ) -> Result<Parallel<T, Memory<B>>, Error>
    where
        T: Object<Decoder: Send + Sync> + Send + 'static,
    {
        Parallel::new(self.open_bytes(file)?, threads)
    }
}

impl<T, S: Source> Parallel<T, S>
where
    T: Object<Decoder: Send + Sync> + Send + 'static,
{
    fn new(reader: Reader<T, S>, threads: NonZeroUsize) -> Result<Self, Error> {
        let Reader {
            header,
            blocks,
            decoder,
            budget,
            ..
        } = reader;
        let decoding = Arc::new(Decoding {
            decoder,
            codec: Codec::named(header.codec())?,
        });
        let (jobs, queue) = channel();
        let queue = Arc::new(Mutex::new(queue));
        let mut parallel = Self {
            header,
            blocks,
            budget,
            jobs: Some(jobs),
            threads: Vec::new(),
            ahead: VecDeque::new(),
            most_ahead: threads.get().saturating_mul(AHEAD),
            piece: Vec::new().into_iter(),
            exhausted: false,
            failure: None,
        };
        for _ in 0..threads.get() {
            let (decoding, queue) = (Arc::clone(&decoding), Arc::clone(&queue));
            let thread = Builder::new().name("avro-blocks".to_owned());
            let thread = thread.spawn(move || decoding.run(&queue))?;
            parallel.threads.push(thread);
        }
        Ok(parallel)
    }
}

impl<T: Object, S: Source> Parallel<T, S> {
    /// What the file says about itself.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The next object; none at the end of the file.
    ///
    /// # Errors
    /// A block that is damaged, or an object that `T` has no value for; the same again until
    /// somebody recovers.
    #[inline]
    pub fn read(&mut self) -> Result<Option<T>, Error> {
        match self.piece.next() {
            Some(object) => Ok(Some(object)),
            None => self.next_piece(),
        }
    }

    /// Goes on behind what the objects stopped at, as [`Reader::recover`] does.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn recover(&mut self) -> Result<Option<Loss>, Error> {
        let Some(Failed { error, at }) = self.failure.take() else {
            return Ok(None);
        };
        let (objects, position, bytes) = match at {
            FailedAt::Objects {
                lost,
                position,
                bytes,
            } => (Some(lost), position, bytes),
            FailedAt::Block => {
                let position = self.blocks.position();
                if let Err(error) = self.blocks.resync() {
                    let at = FailedAt::Block;
                    self.failure = Some(Failed {
                        error: error.clone(),
                        at,
                    });
                    return Err(error);
                }
                self.exhausted = false;
                (None, position, self.blocks.position() - position)
            }
        };
        Ok(Some(Loss {
            error,
            position,
            bytes,
            objects,
        }))
    }

    #[cold]
    #[inline(never)]
    fn next_piece(&mut self) -> Result<Option<T>, Error> {
        loop {
            if let Some(failed) = &self.failure {
                return Err(failed.error.clone());
            }
            self.read_ahead();
            match self.ahead.front() {
                None => return Ok(None),
                Some(Ahead::Damaged(error)) => {
                    let (error, at) = (error.clone(), FailedAt::Block);
                    self.ahead.pop_front();
                    self.failure = Some(Failed { error, at });
                }
                Some(Ahead::Block(block)) => match block.pieces.recv() {
                    Ok(piece) => {
                        self.take(piece);
                        if let Some(object) = self.piece.next() {
                            return Ok(Some(object));
                        }
                    }
                    // The thread has said everything, or it is no more.
                    Err(_) => self.leave_block(),
                },
            }
        }
    }

    /// Takes the objects that have arrived, and what was wrong behind them. Here the block and its
    /// objects are counted, in the order of the file.
    fn take(&mut self, piece: Piece<T>) {
        let Some(Ahead::Block(block)) = self.ahead.front_mut() else {
            return;
        };
        let (objects, counted) = match piece {
            Piece::Opened(bytes, opened) => {
                let counted = self.budget.opened(&block.extent, bytes, opened);
                (Vec::new(), counted)
            }
            Piece::Objects(objects, None) => (objects, Ok(())),
            Piece::Objects(mut objects, Some(counted)) => {
                let is_of_last = counted.failure.is_none();
                let counted = self.budget.read(counted);
                if is_of_last && counted.is_err() {
                    objects.pop();
                }
                (objects, counted)
            }
        };
        block.left = block.left.saturating_sub(objects.len() as u64);
        if let Err(kind) = counted {
            self.failure = Some(block.failed(block.extent.error(kind)));
            self.ahead.pop_front();
        }
        self.piece = objects.into_iter();
    }

    fn leave_block(&mut self) {
        if let Some(Ahead::Block(block)) = self.ahead.pop_front()
            && block.left > 0
        {
            let error = block.extent.error(ErrorKind::Thread);
            self.failure = Some(block.failed(error));
        }
    }

    /// Hands out blocks until enough are under way.
    fn read_ahead(&mut self) {
        while !self.exhausted && self.ahead.len() < self.most_ahead {
            match self.blocks.next() {
                Ok(Some(extent)) => self.hand_out(extent),
                Ok(None) => self.exhausted = true,
                Err(error) => {
                    self.exhausted = true;
                    self.ahead.push_back(Ahead::Damaged(error));
                }
            }
        }
    }

    fn hand_out(&mut self, extent: Extent) {
        let (sender, pieces) = sync_channel(WAITING);
        let job = Job {
            block: self.blocks.bytes().to_vec(),
            extent,
            allowance: self.budget.hand_out(&extent),
            pieces: sender,
        };
        if let Some(jobs) = &self.jobs {
            // Where no thread is left, the block says so when its objects are asked for.
            let _ = jobs.send(job);
        }
        self.ahead.push_back(Ahead::Block(Arriving {
            pieces,
            extent,
            bytes: self.blocks.following() - extent.position,
            left: extent.objects,
        }));
    }
}

impl<T> Arriving<T> {
    /// What is lost with what has not arrived.
    fn failed(&self, error: Error) -> Failed {
        let at = FailedAt::Objects {
            lost: self.left,
            position: self.extent.position,
            bytes: self.bytes,
        };
        Failed { error, at }
    }
}

impl<T: Object> Decoding<T> {
    /// Decodes blocks until no more come.
    fn run(&self, queue: &Mutex<Receiver<Job<T>>>) {
        let mut decompressor = self.codec.decompressor();
        let mut data = Vec::new();
        loop {
            let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(job) = job else {
                return;
            };
            let Job {
                block, allowance, ..
            } = &job;
            let (bytes, opened) = match decompressor.is_null() {
                true => (block.len(), Ok(())),
                false => allowance.decompress(&mut decompressor, block, &mut data),
            };
            let is_open = opened.is_ok();
            if job.tell(Piece::Opened(bytes, opened)) && is_open {
                let data = if decompressor.is_null() { block } else { &data };
                self.decode(data, &job);
            }
        }
    }

    /// Decodes a block's objects, until nobody takes them any more.
    fn decode(&self, data: &[u8], job: &Job<T>) {
        let limits = job.allowance.object(data.len());
        let (mut rest, mut left) = (data, job.extent.objects);
        while left > 0 {
            let wanted = usize::try_from(left).map_or(PIECE, |left| left.min(PIECE));
            let mut objects = Vec::with_capacity(wanted);
            let mut counted = None;
            while objects.len() < wanted && counted.is_none() {
                let mut r = crate::Reader::with_limits(rest, limits);
                let mut object = T::blank(&self.decoder);
                let read = object.read_over(&self.decoder, &mut r);
                let number = || job.extent.objects - left;
                counted = job.allowance.count(read, &r, limits, number);
                if counted.as_ref().is_none_or(|it| it.failure.is_none()) {
                    objects.push(object);
                    rest = rest.get(r.position()..).unwrap_or_default();
                    left -= 1;
                }
            }
            let has_failed = counted.as_ref().is_some_and(|it| it.failure.is_some());
            if !job.tell(Piece::Objects(objects, counted)) || has_failed {
                return;
            }
        }
        if !rest.is_empty() {
            let left_over = Counted {
                failure: Some(ErrorKind::LeftOver(rest.len())),
                empty_values: 0,
            };
            job.tell(Piece::Objects(Vec::new(), Some(left_over)));
        }
    }
}

impl<T> Job<T> {
    /// Hands a piece over; false if nobody takes it any more.
    fn tell(&self, piece: Piece<T>) -> bool {
        self.pieces.send(piece).is_ok()
    }
}

/// Ends at the first error.
impl<T: Object, S: Source> Iterator for Parallel<T, S> {
    type Item = Result<T, Error>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if let Some(object) = self.piece.next() {
            return Some(Ok(object));
        }
        if self.failure.is_some() {
            return None;
        }
        self.next_piece().transpose()
    }
}

impl<T: Object, S: Source> FusedIterator for Parallel<T, S> {}

/// Waits for the threads, which end with the piece that they are at.
impl<T: Object, S> Drop for Parallel<T, S> {
    fn drop(&mut self) {
        self.ahead.clear();
        self.jobs = None;
        for thread in self.threads.drain(..) {
            // A thread that panicked has nothing to tell here.
            let _ = thread.join();
        }
    }
}

impl<T: Object, S> core::fmt::Debug for Parallel<T, S> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Parallel")
            .field("header", &self.header)
            .field("threads", &self.threads.len())
            .field("ahead", &self.ahead.len())
            .finish_non_exhaustive()
    }
}
