import { fileRoute } from '@linghang/papers/file-route'
import type { Links } from '@linghang/papers/links'
import { room } from '../../work.ts'
import { openSheet } from './open-sheet.ts'
import { sheetDocumentResolvers } from './resolvers.ts'

/** Sheets as documents. */
export const sheetDocuments = (links: Links) =>
  room({
    resolvers: sheetDocumentResolvers(links),
    routes: fileRoute('/files/score-sheets/:id.docx', (context, { id, query }) => openSheet(context, links, id, query)),
  })
