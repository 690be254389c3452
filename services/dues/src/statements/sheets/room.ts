import { fileRoute } from '@linghang/papers/file-route'
import type { Links } from '@linghang/papers/links'
import { room } from '../../work.ts'
import { table } from './errors.ts'
import { openSheet } from './open-sheet.ts'
import { sheetResolvers } from './resolvers.ts'

/** The sheets that members sign where the yearly fixing is confirmed on paper. */
export const sheets = (links: Links) =>
  room({
    errors: table,
    resolvers: sheetResolvers(links),
    routes: fileRoute('/files/dues-fixing-sheets/:id.docx', (context, { id, query }) =>
      openSheet(context, links, id, query),
    ),
  })
