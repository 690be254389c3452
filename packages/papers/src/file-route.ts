import { answerAbout } from '@linghang/subgraph/answer'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { linkStatuses, type SentFile, sendFile } from './give-file.ts'
import { mediaTypes } from './media-types.ts'

/** What somebody with a link asks for: the thing of this id, of what it has several, that of this name. */
export type AskedFile = { id: string; name: string; query: Record<string, unknown> }

type Ending = keyof typeof mediaTypes
type FilePath = `/files/${string}/:id.${Ending}` | `/files/${string}/:id/:name.${Ending}`
type Asking = { Params: { id: string; name?: string }; Querystring: Record<string, unknown> }

/**
 * A room's route that gives out what `open` makes, of the kind that the address ends with.
 * @param open refuses a link that is not good: only it knows all that was signed
 */
export const fileRoute =
  <Context>(
    path: FilePath,
    open: (context: Context, asked: AskedFile) => Promise<Pick<SentFile, 'name' | 'content'>>,
  ): ((app: FastifyInstance, contextOf: (request: FastifyRequest) => Context) => void) =>
  (app, contextOf) => {
    const mediaType = mediaTypes[path.slice(path.lastIndexOf('.') + 1) as Ending]
    app.get<Asking>(path, (request, reply) =>
      answerAbout(
        request,
        reply,
        async id => {
          const { params, query } = request
          const { name, content } = await open(contextOf(request), { id, name: params.name ?? '', query })
          const bytes = content instanceof Uint8Array ? content.length : null
          return sendFile(reply, { name, mediaType, bytes, content })
        },
        linkStatuses,
      ),
    )
  }
