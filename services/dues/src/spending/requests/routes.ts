import type { Links, ObjectStore } from '@linghang/papers'
import { linkStatuses, sendFile } from '@linghang/papers/give-file'
import { answerAbout } from '@linghang/subgraph/answer'
import { bodyOf } from '@linghang/subgraph/answer-while-sending'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Context } from '../../work.ts'
import { openVoucherPaper } from './open-voucher-paper.ts'
import { takeVoucherPaper } from './take-voucher-paper.ts'

const statuses = {
  ...linkStatuses,
  SPENDING_NOT_SO_FAR: 409,
  VOUCHER_PAPER_LENGTH_UNKNOWN: 411,
  VOUCHER_PAPER_SIZE: 413,
  VOUCHER_PAPER_CONTENT: 415,
}
type ById = { Params: { id: string }; Querystring: Record<string, unknown> }
/** Where the papers of vouchers lie, and the links by which they are fetched. */
export type VoucherFiles = { links: Links; papers: ObjectStore }

/**
 * The paper of a voucher in and out beside GraphQL: `PUT /files/dues-vouchers/:id?name=发票.pdf` takes it as it is, `GET` gives
 * it to whoever has a link.
 */
export const voucherRoutes =
  (files: VoucherFiles) =>
  (app: FastifyInstance, contextOf: (request: FastifyRequest) => Context): void => {
    app.register(async routes => {
      routes.removeAllContentTypeParsers()
      routes.addContentTypeParser('*', (_, payload, done) => done(null, payload))
      routes.put<ById>('/files/dues-vouchers/:id', (request, reply) =>
        answerAbout(
          request,
          reply,
          async voucherId => {
            const length = request.headers['content-length']
            const { name } = request.query
            const said = {
              ...{ voucherId, name: typeof name === 'string' ? name : '' },
              saidBytes: length === undefined ? null : Number(length),
            }
            return reply.send(await takeVoucherPaper(contextOf(request), files.papers, said, bodyOf(request)))
          },
          statuses,
        ),
      )
      routes.get<ById>('/files/dues-vouchers/:id', (request, reply) =>
        answerAbout(
          request,
          reply,
          async id => {
            const { paper, content } = await contextOf(request).perform(work =>
              openVoucherPaper(work, files, id, request.query),
            )
            const { fileName: name, mediaType, bytes } = paper
            return sendFile(reply, { name, mediaType, bytes, content })
          },
          statuses,
        ),
      )
    })
  }
