// Of ECharts only what is drawn. Tooltips are drawn on the canvas: as HTML they would carry style
// attributes, which the content security policy blocks.
import { BarChart, CustomChart } from 'echarts/charts'
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { init, use, type ComposeOption } from 'echarts/core'
import type { BarSeriesOption, CustomSeriesOption } from 'echarts/charts'
import type {
  GridComponentOption,
  LegendComponentOption,
  TooltipComponentOption,
} from 'echarts/components'
import { CanvasRenderer } from 'echarts/renderers'

use([BarChart, CustomChart, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, CanvasRenderer])

export type ChartOption = ComposeOption<
  | BarSeriesOption
  | CustomSeriesOption
  | GridComponentOption
  | LegendComponentOption
  | TooltipComponentOption
>
export { init }

export const kColours = {
  ink: '#1d2733',
  soft: '#55616e',
  line: '#d9dfe6',
  accent: '#1f5fa8',
  accentSoft: '#9dbde0',
  for: '#2a8a57',
  against: '#c2571a',
  grave: '#b3261e',
  rest: '#d6dce3',
}

export const kTooltip = { renderMode: 'richText', confine: true } as const
