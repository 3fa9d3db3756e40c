// Sizes this platform takes: what the institution record announces and what the HTTP edge enforces where it does not.

export const DEFAULT_BATCH_BYTES = 2 * 1024 * 1024;
export const DEFAULT_MEDIA_BYTES = 32 * 1024 * 1024;
/** Every message that is neither a batch nor a file. */
export const MESSAGE_BYTES = 1024 * 1024;
