import { fileRoute } from '@linghang/papers/file-route'
import type { Links } from '@linghang/papers/links'
import { room } from '../../work.ts'
import { table } from './errors.ts'
import { openBook } from './open-book.ts'
import { bookResolvers } from './resolvers.ts'

/** Treasurers' books: what an account had, what moved it and why, what is left. */
export const accountBooks = (links: Links) =>
  room({
    errors: table,
    resolvers: bookResolvers(links),
    routes: [
      fileRoute('/files/dues-books/:id.xlsx', (context, { id, query }) =>
        openBook(context, links, { id, format: 'XLSX' }, query),
      ),
      fileRoute('/files/dues-books/:id.docx', (context, { id, query }) =>
        openBook(context, links, { id, format: 'DOCX' }, query),
      ),
    ],
  })
