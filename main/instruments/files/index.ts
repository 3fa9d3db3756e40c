// Readings from files: profiles, the reader, units.
export { readInstrumentFile } from './read.ts';
export type { FileRow, FileValue, InstrumentReadings, RowFault } from './read.ts';
export { extensionsOf, parseFileProfile } from './profile.ts';
export type { FileProfile, ValueColumn } from './profile.ts';
export { readyProfiles } from './ready/index.ts';
export { refuseFile } from './refuse.ts';
export { mostBytes, refuseTooLarge } from './table.ts';
export { convert, unitNames, unitOf } from './units.ts';
