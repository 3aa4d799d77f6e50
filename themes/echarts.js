// The parts of ECharts that the explore pages use, bundled by assets.sh into
// plain/assets/js/echarts.js as the global "echarts".
import * as core from 'echarts/core';
import {BarChart, CustomChart, GraphChart, HeatmapChart, LineChart, ScatterChart, TreemapChart} from 'echarts/charts';
import {
  AriaComponent, CalendarComponent, DataZoomComponent, GridComponent, LegendComponent,
  MarkLineComponent, TooltipComponent, VisualMapComponent,
} from 'echarts/components';
import {LabelLayout} from 'echarts/features';
import {SVGRenderer} from 'echarts/renderers';

core.use([
  BarChart, CustomChart, GraphChart, HeatmapChart, LineChart, ScatterChart, TreemapChart,
  AriaComponent, CalendarComponent, DataZoomComponent, GridComponent, LegendComponent,
  MarkLineComponent, TooltipComponent, VisualMapComponent,
  LabelLayout, SVGRenderer,
]);

export * from 'echarts/core';
