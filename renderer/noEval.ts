// Imported before everything else: zod decides when a schema is made whether it may compile code, and this page's
// content policy forbids that.
import { z } from 'zod';

z.config({ jitless: true });
