// A byte pipe to an instrument. One object per connection: after a close it is thrown away, never reopened, so
// nothing of an old connection can leak into a new one.
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

  constructor(path: string, line: LineSettings) {
    this.#path = path;
    this.#line = line;
  }

  open(events: TransportEvents): Promise<void> {
    return new Promise((resolve, reject) => {
      const port = new SerialPort({ path: this.#path, ...this.#line, autoOpen: false });
      this.#port = port;
      port.on('data', (bytes: Buffer) => events.data(bytes));
      port.on('error', (error) => events.lost(error.message));
      port.on('close', (error: Error | null | undefined) => {
        if (!this.#closing) events.lost(error?.message ?? 'closed');
      });
      port.open((error) => (error ? reject(error) : resolve()));
    });
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

function limited(run: (done: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, CLOSE_LIMIT_MS);
    run(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
