import { fileRoute } from '@linghang/papers/file-route'
import type { Links } from '@linghang/papers/links'
import { room } from '../../work.ts'
import { table } from './errors.ts'
import { openReceipt } from './open-receipt.ts'
import { receiptById } from './read-receipts.ts'
import { receiptResolvers } from './resolvers.ts'

/** Receipts for dues (党费收据): numbered without a gap, voided and never used again. */
export const receipts = (links: Links) =>
  room({
    errors: table,
    nodes: { DuesReceipt: receiptById },
    resolvers: receiptResolvers(links),
    routes: fileRoute('/files/dues-receipts/:id.docx', (context, { id, query }) =>
      openReceipt(context, links, id, query),
    ),
  })
