import s0 from '../../../packs/s0.json' with { type: 'json' }
import s1 from '../../../packs/s1.json' with { type: 'json' }
import s2 from '../../../packs/s2.json' with { type: 'json' }
import s3 from '../../../packs/s3.json' with { type: 'json' }
import s4 from '../../../packs/s4.json' with { type: 'json' }
import { type PackDocument, packDocument } from '../documents/pack.ts'

/** The packs that come with the platform, made from the five published cases; none is in force anywhere until a county decides (R2). */
export const packLibrary: readonly PackDocument[] = [s0, s1, s2, s3, s4].map(document => packDocument.parse(document))

/** A pack of the library by its key; null where there is none. */
export const libraryPack = (key: string): PackDocument | null => packLibrary.find(pack => pack.key === key) ?? null
