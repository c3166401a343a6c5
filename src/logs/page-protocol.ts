import type { PutLogEventsCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import { AwsJson1_1Protocol } from '@aws-sdk/core/protocols';
import { collectBody } from '@smithy/core/protocols';
import type {
  EndpointBearer,
  HandlerExecutionContext,
  HttpRequest,
  HttpResponse,
  MetadataBearer,
  OperationSchema,
  SerdeFunctions,
} from '@smithy/types';
import { ForeignAnswerError } from '../errors.js';

/**
 * The SDK's protocol with a short way for pages and batches of log events: their members need no conversion, so
 * JSON.parse is the whole of reading them, and JSON.stringify of writing. The stock protocol walks every member of
 * every event against the schema, which costs a quarter of the throughput. Errors and all other operations go the
 * stock way.
 */
export class PageProtocol extends AwsJson1_1Protocol {
  override async serializeRequest<Input extends object>(
    operation: OperationSchema,
    input: Input,
    context: HandlerExecutionContext & SerdeFunctions & EndpointBearer,
  ): Promise<HttpRequest> {
    if (operation.name !== 'PutLogEvents') return super.serializeRequest(operation, input, context);
    const request = await super.serializeRequest(operation, { ...input, logEvents: [] }, context);
    request.body = Buffer.from(toPutBody(input));
    return request;
  }

  override async deserializeResponse<Output extends MetadataBearer>(
    operation: OperationSchema,
    context: HandlerExecutionContext & SerdeFunctions,
    response: HttpResponse,
  ): Promise<Output> {
    const contentType = headerOf(response, 'content-type');
    // A proxy or a login page answers in HTML.
    const isForeign = contentType.includes('html') && (response.statusCode < 500 || !isOfService(response));
    if (isForeign) throw new ForeignAnswerError(response.statusCode, contentType);
    try {
      return await this.#deserialize(operation, context, response);
    } catch (error) {
      if (!(error instanceof SyntaxError) || isOfService(response)) throw error;
      throw new ForeignAnswerError(response.statusCode, contentType);
    }
  }

  async #deserialize<Output extends MetadataBearer>(
    operation: OperationSchema,
    context: HandlerExecutionContext & SerdeFunctions,
    response: HttpResponse,
  ): Promise<Output> {
    if (operation.name !== 'FilterLogEvents' || response.statusCode >= 300) {
      return super.deserializeResponse(operation, context, response);
    }
    const bytes = await collectBody(response.body, context);
    const output = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
    // Tried again like a body that was cut: taken for an empty page it would look like the end.
    if (!Array.isArray(output.events)) throw new SyntaxError('the answer is not a page of events');
    output.$metadata = this.deserializeMetadata(response);
    return output;
  }
}

/** The events one by one: JSON.stringify takes a third longer for objects than for their parts. */
function toPutBody(input: Partial<Pick<PutLogEventsCommandInput, 'logEvents'>>): string {
  const { logEvents = [], ...others } = input;
  let events = '';
  for (const { timestamp, message } of logEvents) {
    events += `${events === '' ? '' : ','}{"timestamp":${timestamp},"message":${JSON.stringify(message)}}`;
  }
  return `${JSON.stringify(others).slice(0, -1)},"logEvents":[${events}]}`;
}

/** Whether an answer has what each of the service has, also one that was cut. */
function isOfService(response: HttpResponse): boolean {
  const isAmazons = Object.keys(response.headers).some((name) => name.toLowerCase().startsWith('x-amzn-'));
  return isAmazons || /x-amz-json|amazon\.eventstream/.test(headerOf(response, 'content-type'));
}

function headerOf({ headers }: HttpResponse, wanted: string): string {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1] ?? '';
}
