// A byte pipe to an instrument. One object per connection: after a close it is thrown away, never reopened, so
// nothing of an old connection can leak into a new one.
import { lstat, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { SerialPort } from 'serialport';
import type { LineSettings } from '../drivers/driver.ts';

export interface TransportEvents {
  data(bytes: Uint8Array): void;
  /** The connection ended by itself: cable, power, server. Not called after close(). */
  lost(message: string): void;
}

export interface Transport {
  open(events: TransportEvents): Promise<void>;
  write(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** A driver may hang in close(); nobody waits longer than this. */
const CLOSE_LIMIT_MS = 2000;
const CONNECT_LIMIT_MS = 3000;
/** A serial port that was quiet for so long is looked for where it was opened. */
const QUIET_MS = 1000;
const LOOK_EVERY_MS = 500;

export function makeTransport(path: string, line: LineSettings): Transport {
  const tcp = /^tcp:\/\/(\[[0-9a-fA-F:]+\]|[^/:]+):(\d{1,5})$/.exec(path);
  if (tcp) return new TcpTransport((tcp[1] as string).replace(/^\[|\]$/g, ''), Number(tcp[2]));
  return new SerialTransport(path, line);
}

class SerialTransport implements Transport {
  readonly #path: string;
  readonly #line: LineSettings;
  #port: SerialPort | null = null;
  #closing = false;
  #lastByteAt = 0;
  #looking: NodeJS.Timeout | null = null;

  constructor(path: string, line: LineSettings) {
    this.#path = path;
    this.#line = line;
  }

  open(events: TransportEvents): Promise<void> {
    return new Promise((resolve, reject) => {
      const port = new SerialPort({ path: this.#path, ...this.#line, autoOpen: false });
      this.#port = port;
      port.on('data', (bytes: Buffer) => {
        this.#lastByteAt = performance.now();
        events.data(bytes);
      });
      port.on('error', (error) => events.lost(error.message));
      port.on('close', (error: Error | null | undefined) => {
        if (!this.#closing) events.lost(error?.message ?? 'closed');
      });
      port.open((error) => {
        if (error) return reject(error);
        resolve();
        void this.#watchNode(events);
      });
    });
  }

  /**
   * A terminal that is hung up while a read is under way answers that read, and every later one, with nothing; the
   * driver then asks again for ever, and reports no loss. What a pulled adapter surely loses is its name.
   */
  async #watchNode(events: TransportEvents): Promise<void> {
    const opened = await nodeAt(this.#path);
    if (opened === null || this.#closing) return;
    this.#lastByteAt = performance.now();
    this.#looking = setInterval(() => {
      if (performance.now() - this.#lastByteAt < QUIET_MS) return;
      void nodeAt(this.#path).then((now) => {
        if (now === opened || this.#closing) return;
        this.#stopLooking();
        events.lost('port is gone');
      });
    }, LOOK_EVERY_MS);
    this.#looking.unref();
  }

  #stopLooking(): void {
    if (this.#looking) clearInterval(this.#looking);
    this.#looking = null;
  }

  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      const port = this.#port;
      if (!port?.isOpen) return reject(new Error('port is not open'));
      port.write(Buffer.from(bytes));
      port.drain((error) => (error ? reject(error) : resolve()));
    });
  }

  close(): Promise<void> {
    this.#closing = true;
    this.#stopLooking();
    return limited((done) => (this.#port?.isOpen ? this.#port.close(() => done()) : done()));
  }
}

class TcpTransport implements Transport {
  readonly #host: string;
  readonly #port: number;
  #socket: Socket | null = null;
  #closing = false;

  constructor(host: string, port: number) {
    this.#host = host;
    this.#port = port;
  }

  open(events: TransportEvents): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: this.#host, port: this.#port, noDelay: true, keepAlive: true });
      this.#socket = socket;
      let opened = false;
      let lastError = 'connection closed';
      socket.setTimeout(CONNECT_LIMIT_MS, () => {
        if (!opened) socket.destroy(new Error('ETIMEDOUT: connect'));
      });
      socket.on('connect', () => {
        opened = true;
        socket.setTimeout(0);
        resolve();
      });
      socket.on('data', (bytes: Buffer) => events.data(bytes));
      socket.on('error', (error) => {
        lastError = error.message;
        if (!opened) reject(error);
      });
      socket.on('close', () => {
        if (opened && !this.#closing) events.lost(lastError);
      });
    });
  }

  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      if (!this.#socket?.writable) return reject(new Error('connection is not open'));
      this.#socket.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  }

  close(): Promise<void> {
    this.#closing = true;
    return limited((done) => {
      if (!this.#socket || this.#socket.destroyed) return done();
      this.#socket.once('close', () => done());
      this.#socket.destroy();
    });
  }
}

/** What a port's name stands for now; null where it has no node in the file system, as COM3 has none. */
async function nodeAt(path: string): Promise<string | null> {
  if (!path.startsWith('/')) return null;
  try {
    const [name, node] = await Promise.all([lstat(path), stat(path)]);
    return [name.dev, name.ino, node.dev, node.ino, node.rdev].join(':');
  } catch {
    return null;
  }
}

function limited(run: (done: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, CLOSE_LIMIT_MS);
    run(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
