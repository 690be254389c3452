import { linkStatuses, sendFile } from '@linghang/papers/give-file'
import type { Links } from '@linghang/papers/links'
import { answerAbout } from '@linghang/subgraph/answer'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Context } from '../../work.ts'
import { openExport } from './open-export.ts'
import type { HeadsOf } from './store.ts'

type ById = { Params: { id: string }; Querystring: Record<string, unknown> }

/** An auditor's archive, for whoever has a link. */
export const exportRoutes =
  (given: { links: Links; headsOf: HeadsOf }) =>
  (app: FastifyInstance, contextOf: (request: FastifyRequest) => Context): void => {
    app.get<ById>('/files/dues-exports/:id.zip', (request, reply) =>
      answerAbout(
        request,
        reply,
        async id => {
          const { name, content } = await openExport(contextOf(request), given, id, request.query)
          return sendFile(reply, { name, mediaType: 'application/zip', bytes: null, content })
        },
        { ...linkStatuses, FORBIDDEN: 403 },
      ),
    )
  }
