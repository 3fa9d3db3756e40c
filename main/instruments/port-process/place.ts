// Where an adapter is plugged in. Windows and macOS say it themselves; Linux has it in sysfs, where the device of a
// port is a link below the socket it hangs on (`1-1.4:1.0` is hub 1, socket 4).
import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';

export async function placeOf(path: string, locationId: string | undefined): Promise<string | undefined> {
  if (locationId) return locationId;
  if (process.platform !== 'linux' || !path.startsWith('/dev/')) return undefined;
  try {
    const device = await realpath(`/sys/class/tty/${basename(path)}/device`);
    return /\/(\d+-[\d.]+:\d+\.\d+)(?:\/|$)/.exec(device)?.[1];
  } catch {
    return undefined;
  }
}
