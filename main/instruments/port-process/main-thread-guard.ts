// Imported before anything else of the port process: serialport 13 polls the default libuv loop and aborts the
// whole process on the first byte it receives inside a worker thread. Refusing to load is the only safe answer.
import { isMainThread } from 'node:worker_threads';

if (!isMainThread) {
  throw new Error('串口进程不能在工作线程中运行：请用 child_process.fork 或 utilityProcess 启动。');
}
