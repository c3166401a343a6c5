import { AwsJson1_1Protocol } from '@aws-sdk/core/protocols';
import { collectBody } from '@smithy/core/protocols';
import type {
  HandlerExecutionContext,
  HttpResponse,
  MetadataBearer,
  OperationSchema,
  SerdeFunctions,
} from '@smithy/types';

/**
 * The SDK's protocol with a short way for pages of log events: their members need no conversion, so JSON.parse is
 * the whole of reading them. The stock protocol walks every member of every event against the schema, which costs
 * a quarter of the throughput. Errors and all other operations go the stock way.
 */
export class PageProtocol extends AwsJson1_1Protocol {
  override async deserializeResponse<Output extends MetadataBearer>(
    operation: OperationSchema,
    context: HandlerExecutionContext & SerdeFunctions,
    response: HttpResponse,
  ): Promise<Output> {
    if (operation.name !== 'FilterLogEvents' || response.statusCode >= 300) {
      return super.deserializeResponse(operation, context, response);
    }
    const bytes = await collectBody(response.body, context);
    const output = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
    output.$metadata = this.deserializeMetadata(response);
    return output;
  }
}
