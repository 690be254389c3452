import { insertOnce } from '@linghang/database'
import { sqlOf, type Tx } from '../../work.ts'
import { libraryNameOf } from './all-texts.ts'
import type { Section } from './library-text.ts'
import { type LibraryVersion, libraryLimits } from './version.ts'

const columns = [...(['name', 'version', 'effectiveFrom', 'title', 'sections', 'basis'] as const)]

export const libraryStore = {
  /** A county's own versions, of one text or of all; the oldest first. */
  async own(tx: Tx, countyId: string, name: string | null): Promise<LibraryVersion[]> {
    let wanted = sqlOf(tx).selectFrom('libraryText').select(columns).where('countyId', '=', countyId)
    if (name !== null) wanted = wanted.where('name', '=', name)
    const rows = await wanted.orderBy('name').orderBy('version').execute()
    return rows.flatMap(({ name: of, sections, ...row }) => {
      const known = libraryNameOf(of)
      return known ? [{ ...row, name: known, sections: sections as Section[] }] : []
    })
  },

  /** @returns false where the county has one of that version or day, or has too many */
  async insert(
    tx: Tx,
    text: LibraryVersion & { effectiveFrom: string; countyId: string; setBy: string | null; setAt: Date },
  ): Promise<boolean> {
    if (text.version > libraryLimits.versions) return false
    return insertOnce(
      sqlOf(tx)
        .insertInto('libraryText')
        .values({ ...text, sections: JSON.stringify(text.sections) }),
    )
  },
}
