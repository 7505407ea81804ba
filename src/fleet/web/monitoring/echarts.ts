import { BarChart, LineChart } from 'echarts/charts';
import {
  DataZoomComponent,
  GridComponent,
  MarkLineComponent,
  ToolboxComponent,
  TooltipComponent,
} from 'echarts/components';
import { connect, init, use as enable } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

// Only what these pages draw: the whole library is three times as large.
enable([
  LineChart,
  BarChart,
  GridComponent,
  TooltipComponent,
  DataZoomComponent,
  ToolboxComponent,
  MarkLineComponent,
  CanvasRenderer,
]);

export { connect, init };
